/*
 * Images of docker before 1.10: no manifest and no config, only v1 json beside each layer.
 *
 *     repositories           {"app": {"1": "<id>"}}
 *     <id>/json              {"id": "<id>", "parent": "<id>", "config": {...}, "container_config": {...}, ...}
 *     <id>/layer.tar
 *
 * A layer names its parent, so an image is known by its uppermost layer: one that repositories names, or one that is
 * nobody's parent. The json of that layer is the config of the image; the Cmd of each layer is its line of history.
 */
#include "bundle/resolve.h"

#include "base/limits.h"
#include "bundle/runtime.h"

#include <stdlib.h>

struct node {
	struct silt_bytes id, parent;
	uint32_t document;
	uint32_t layer;
	const struct node *head; /* of the chain it was seen in last */
	bool is_parent, is_tagged;
};

struct graph {
	struct silt_resolver *resolver;
	struct node *nodes; /* by ID, then by arrival; of the arena */
	size_t count;
	const struct silt_json_value *repositories;
	uint32_t repositories_member;
};

/* ---- Nodes ------------------------------------------------------------------------------------------------------- */

/* The layer.tar in the folder of a document; NONE for documents that are in no folder or in a nested one. */
static uint32_t layer_beside(const struct silt_resolver *resolver, const struct silt_member *document)
{
	struct silt_bytes file = SILT_LITERAL("layer.tar");
	uint8_t path[SILT_NAME_MAX + 16];
	size_t slash = silt_bytes_find_byte(document->name, '/');
	if (slash > SILT_NAME_MAX || silt_bytes_find_last_byte(document->name, '/') != slash) {
		return SILT_MEMBER_NONE;
	}
	memcpy(path, document->name.ptr, slash + 1);
	memcpy(path + slash + 1, file.ptr, file.len);
	return silt_lookup_path(&resolver->lookup, silt_bytes(path, slash + 1 + file.len), NULL);
}

/* True if the member is v1 layer json with a layer.tar beside it, in a folder of its own. */
static bool is_layer(const struct silt_resolver *resolver, uint32_t number)
{
	const struct silt_member *member = silt_member_at(resolver, number);
	return member->document_kind == SILT_DOCUMENT_LEGACY && layer_beside(resolver, member) != SILT_MEMBER_NONE;
}

static int compare_nodes(const void *left, const void *right)
{
	const struct node *a = left, *b = right;
	int order = silt_bytes_compare(a->id, b->id);
	return order != 0 ? order : (a->document > b->document) - (a->document < b->document);
}

/* The node of an ID, the last of several; NULL if there is none. */
static struct node *find_node(const struct graph *graph, struct silt_bytes id)
{
	size_t low = 0, high = graph->count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (silt_bytes_compare(graph->nodes[middle].id, id) <= 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return low > 0 && silt_bytes_equal(graph->nodes[low - 1].id, id) ? &graph->nodes[low - 1] : NULL;
}

static void add_node(struct graph *graph, uint32_t number)
{
	struct silt_resolver *resolver = graph->resolver;
	const struct silt_member *member = silt_member_at(resolver, number);
	const struct silt_json_value *root = silt_document_use(resolver, number);
	graph->nodes[graph->count++] = (struct node){
		.id = silt_json_string(silt_json_get(root, "id")),
		.parent = silt_json_string(silt_json_get(root, "parent")),
		.document = number,
		.layer = layer_beside(resolver, member),
	};
}

static void collect_nodes(struct graph *graph)
{
	struct silt_resolver *resolver = graph->resolver;
	size_t count = 0;
	for (uint32_t i = 0; i < resolver->inventory->count; i++) {
		count += is_layer(resolver, i);
	}
	graph->nodes = silt_arena_alloc(resolver->arena, count * sizeof(*graph->nodes));
	resolver->failed |= !graph->nodes;
	for (uint32_t i = 0; i < resolver->inventory->count && !resolver->failed; i++) {
		if (is_layer(resolver, i)) {
			add_node(graph, i);
		}
	}
	if (graph->count > 0) {
		qsort(graph->nodes, graph->count, sizeof(*graph->nodes), compare_nodes);
	}
}

static void mark_parents(struct graph *graph)
{
	for (size_t i = 0; i < graph->count; i++) {
		struct node *node = &graph->nodes[i];
		struct node *parent = find_node(graph, node->parent);
		if (parent) {
			parent->is_parent = true;
		}
		if (i > 0 && silt_bytes_equal(node->id, graph->nodes[i - 1].id)) {
			silt_issue_raise(graph->resolver, SILT_ISSUE_AMBIGUOUS, node->document,
					 "%s and %s both describe the layer \"%s\"; the later one is used.",
					 silt_show_member(graph->resolver, graph->nodes[i - 1].document),
					 silt_show_member(graph->resolver, node->document),
					 silt_show(graph->resolver, node->id));
		}
	}
}

/* ---- Tags -------------------------------------------------------------------------------------------------------- */

typedef void tag_fn(struct graph *graph, struct silt_bytes name, struct silt_bytes tag, struct silt_bytes id,
		    const struct node *head);

static void each_tag(struct graph *graph, tag_fn *visit, const struct node *head)
{
	struct silt_bytes name, tag;
	const struct silt_json_value *tags, *id;
	for (size_t i = 0; silt_json_member(graph->repositories, i, &name, &tags); i++) {
		for (size_t j = 0; silt_json_member(tags, j, &tag, &id); j++) {
			visit(graph, name, tag, silt_json_string(id), head);
		}
	}
}

static void mark_tagged(struct graph *graph, struct silt_bytes name, struct silt_bytes tag, struct silt_bytes id,
			const struct node *head)
{
	(void)head;
	struct silt_resolver *resolver = graph->resolver;
	struct node *node = find_node(graph, id);
	if (node) {
		node->is_tagged = true;
		return;
	}
	silt_issue_raise(resolver, SILT_ISSUE_MISSING, graph->repositories_member,
			 "%s names the layer \"%s\" for %s:%s, of which the bundle has no json and layer.tar.",
			 silt_show_member(resolver, graph->repositories_member), silt_show(resolver, id),
			 silt_show(resolver, name), silt_show(resolver, tag));
}

static void add_tag(struct graph *graph, struct silt_bytes name, struct silt_bytes tag, struct silt_bytes id,
		    const struct node *head)
{
	if (!silt_bytes_equal(id, head->id)) {
		return;
	}
	struct silt_buffer text = {0};
	silt_buffer_add(&text, name);
	silt_buffer_add_byte(&text, ':');
	silt_buffer_add(&text, tag);
	struct silt_bytes whole = silt_arena_copy(graph->resolver->arena, silt_buffer_bytes(&text));
	graph->resolver->failed |= text.failed || !whole.ptr;
	silt_draft_name(graph->resolver, whole);
	silt_buffer_done(&text);
}

static void find_repositories(struct graph *graph)
{
	struct silt_resolver *resolver = graph->resolver;
	graph->repositories_member = silt_lookup_path(&resolver->lookup, SILT_LITERAL("repositories"), NULL);
	if (graph->repositories_member != SILT_MEMBER_NONE) {
		graph->repositories = silt_document_use(resolver, graph->repositories_member);
		each_tag(graph, mark_tagged, NULL);
	}
}

/* ---- Chains ------------------------------------------------------------------------------------------------------ */

struct chain {
	const struct node *nodes[SILT_LAYERS_MAX + 1]; /* uppermost first; the last is one too many */
	size_t count;
};

/* Says why a chain ends: not at all if the layer has no parent. */
static void tell_cut(struct silt_resolver *resolver, const struct node *node, const struct node *parent)
{
	if (parent) {
		silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, node->document,
				 "%s names as parent a layer that is built on it: the image is cut there.",
				 silt_show_member(resolver, node->document));
	} else if (node->parent.len > 0) {
		silt_issue_raise(resolver, SILT_ISSUE_MISSING, node->document,
				 "%s names the parent layer \"%s\", of which the bundle has no json and layer.tar.",
				 silt_show_member(resolver, node->document), silt_show(resolver, node->parent));
	}
}

/* From the uppermost layer down to the one without a parent. */
static void follow_parents(struct graph *graph, struct node *head, struct chain *chain)
{
	struct silt_resolver *resolver = graph->resolver;
	struct node *node = head;
	chain->count = 0;
	while (chain->count < SILT_COUNT(chain->nodes)) {
		node->head = head;
		chain->nodes[chain->count++] = node;
		struct node *parent = find_node(graph, node->parent);
		if (!parent || parent->head == head) {
			tell_cut(resolver, node, parent);
			return;
		}
		node = parent;
	}
}

/* ---- Config ------------------------------------------------------------------------------------------------------ */

/* The command that made a layer, its words joined by spaces. */
static struct silt_bytes join_command(struct silt_resolver *resolver, const struct silt_json_value *words)
{
	struct silt_buffer line = {0};
	for (size_t i = 0; i < silt_json_count(words); i++) {
		silt_buffer_add_text(&line, i > 0 ? " " : "");
		silt_buffer_add(&line, silt_json_string(silt_json_at(words, i)));
	}
	struct silt_bytes copy = silt_arena_copy(resolver->arena, silt_buffer_bytes(&line));
	resolver->failed |= line.failed || !copy.ptr;
	silt_buffer_done(&line);
	return copy;
}

static struct silt_history history_of(struct silt_resolver *resolver, const struct node *node)
{
	const struct silt_json_value *root = silt_json_root(silt_member_at(resolver, node->document)->document);
	const struct silt_json_value *container = silt_json_get(root, "container_config");
	return (struct silt_history){
		.created = silt_json_string(silt_json_get(root, "created")),
		.created_by = join_command(resolver, silt_json_get(container, "Cmd")),
		.comment = silt_json_string(silt_json_get(root, "comment")),
		.author = silt_json_string(silt_json_get(root, "author")),
	};
}

static void read_config(struct graph *graph, const struct chain *chain, struct silt_draft *draft)
{
	struct silt_resolver *resolver = graph->resolver;
	struct silt_declared_image *image = &draft->image;
	image->config_member = chain->nodes[0]->document;
	image->config_digest = *silt_member_digest(silt_member_at(resolver, image->config_member));
	struct silt_config *config = &image->config;
	*config = *silt_config_use(resolver, image->config_member);
	const struct silt_json_value *root = silt_json_root(silt_member_at(resolver, image->config_member)->document);
	if (silt_json_type(silt_json_get(root, "config")) != SILT_JSON_OBJECT) {
		const struct silt_json_value *container = silt_json_get(root, "container_config");
		resolver->failed |= !silt_config_read_runtime(container, resolver->arena, config);
	}
	config->history = silt_arena_alloc(resolver->arena, image->layer_count * sizeof(*config->history));
	config->history_count = config->history_layers = config->history ? image->layer_count : 0;
	resolver->failed |= !config->history;
	for (size_t i = 0; i < config->history_count; i++) {
		config->history[i] = history_of(resolver, chain->nodes[chain->count - 1 - i]);
	}
	silt_draft_platform(resolver, draft, config->os, config->architecture, config->variant);
}

/* ---- The whole --------------------------------------------------------------------------------------------------- */

static bool read_head(struct graph *graph, struct node *head)
{
	struct silt_resolver *resolver = graph->resolver;
	struct silt_draft draft;
	struct chain chain;
	silt_draft_start(resolver, &draft, SILT_DECLARED_LEGACY);
	each_tag(graph, add_tag, head);
	follow_parents(graph, head, &chain);
	silt_draft_layers(resolver, &draft, chain.count, head->document);
	for (size_t i = 0; i < draft.image.layer_count; i++) {
		const struct node *node = chain.nodes[chain.count - 1 - i];
		draft.image.layers[i].member = node->layer;
		draft.image.layers[i].claim = node->id;
	}
	read_config(graph, &chain, &draft);
	resolver->legacy_heads++;
	return silt_draft_place(resolver, &draft) != SILT_IMAGE_NONE;
}

void silt_legacy_read(struct silt_resolver *resolver)
{
	struct graph graph = {.resolver = resolver};
	collect_nodes(&graph);
	if (graph.count == 0) {
		return;
	}
	mark_parents(&graph);
	find_repositories(&graph);
	bool room = true;
	for (size_t i = 0; i < graph.count && room; i++) {
		struct node *node = &graph.nodes[i];
		if (node->is_tagged || !node->is_parent) {
			room = read_head(&graph, node);
		}
	}
	if (resolver->legacy_heads == 0) {
		silt_issue_raise(resolver, SILT_ISSUE_OPAQUE, SILT_MEMBER_NONE,
				 "The legacy layers of the bundle name each other as parents in a circle: none is the "
				 "uppermost layer of an image.");
	}
}
