/* The build ids of what is loaded (elf(5): NT_GNU_BUILD_ID). */
#include "layer/engine.h"

#include "base/secure.h"
#include "stream/digest.h"

#include <elf.h>
#include <link.h>

/* Each object is hashed together with all before it. */
static void add(uint8_t *id, struct silt_bytes what)
{
	const struct silt_bytes parts[] = {{id, SILT_ENGINE_ID_SIZE}, what};
	silt_keyed_hash("silt engine", parts, SILT_COUNT(parts), id, SILT_ENGINE_ID_SIZE);
}

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

/*
 *   0          4          8        12
 *   +----------+----------+--------+-----------------+------------------------+
 *   | name len | desc len | type   | name, padded    | desc, padded           |
 *   +----------+----------+--------+-----------------+------------------------+
 */
static struct silt_bytes build_id_in(struct silt_bytes notes)
{
	ElfW(Nhdr) note;
	while (notes.len >= sizeof(note)) {
		memcpy(&note, notes.ptr, sizeof(note));
		const struct silt_bytes rest = silt_bytes_slice(notes, sizeof(note), SIZE_MAX);
		if (note.n_namesz > rest.len || padded(note.n_namesz) > rest.len) {
			break;
		}
		const struct silt_bytes desc = silt_bytes_slice(rest, padded(note.n_namesz), SIZE_MAX);
		if (note.n_descsz > desc.len) {
			break;
		}
		if (note.n_type == NT_GNU_BUILD_ID && silt_bytes_start_with(rest, silt_bytes("GNU", sizeof("GNU")))) {
			return silt_bytes_slice(desc, 0, note.n_descsz);
		}
		notes = silt_bytes_slice(desc, padded(note.n_descsz), SIZE_MAX);
	}
	return silt_bytes(NULL, 0);
}

static struct silt_bytes segment(const struct dl_phdr_info *object, const ElfW(Phdr) * header)
{
	return silt_bytes((const void *)(object->dlpi_addr + header->p_vaddr), header->p_memsz);
}

static int add_object(struct dl_phdr_info *object, size_t size, void *ctx)
{
	(void)size;
	struct silt_bytes build_id = silt_bytes(NULL, 0);
	if (strstr(object->dlpi_name, "vdso")) {
		return 0; /* of the kernel */
	}
	for (size_t i = 0; i < object->dlpi_phnum && build_id.len == 0; i++) {
		if (object->dlpi_phdr[i].p_type == PT_NOTE) {
			build_id = build_id_in(segment(object, &object->dlpi_phdr[i]));
		}
	}
	add(ctx, build_id);
	for (size_t i = 0; i < object->dlpi_phnum && build_id.len == 0; i++) {
		const ElfW(Phdr) *header = &object->dlpi_phdr[i];
		if (header->p_type == PT_LOAD && (header->p_flags & PF_X) && (header->p_flags & PF_R)) {
			add(ctx, segment(object, header));
		}
	}
	return 0;
}

enum silt_status silt_engine_id(uint8_t id[static SILT_ENGINE_ID_SIZE], struct silt_error *err)
{
	memset(id, 0, SILT_ENGINE_ID_SIZE);
	(void)dl_iterate_phdr(add_object, id);
	for (unsigned kind = 0; kind < SILT_SUM_KINDS; kind++) {
		struct silt_summer *summer = NULL;
		struct silt_error why = {0};
		const enum silt_status status = silt_summer_new((enum silt_sum_kind)kind, &summer, &why);
		const uint8_t offered = status == SILT_OK;
		silt_summer_free(summer);
		if (status == SILT_ERR_MEMORY) {
			return silt_fail_memory(err);
		}
		add(id, silt_bytes(&offered, 1));
	}
	return SILT_OK;
}
