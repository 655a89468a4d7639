# Include it in your Makefile, or use it as it is:
#
#   make -f silt.mk gate IMAGE=app          audit an image of docker
#   make -f silt.mk push IMAGE=app          push it if it may pass
#   make -f silt.mk gate-file FILE=app.tar  audit an image file

SILT ?= silt
DOCKER ?= docker
# A file, or one that silt ships: default, strict, forensic.
POLICY ?= strict
# Where the reports go.
REPORTS ?= silt-reports

# Names reach the shell as variables, so that nothing in them is shell. None begins with SILT_: silt reads those.
export IMAGE FILE POLICY REPORTS

silt_gate = $(SILT) gate --policy "$$POLICY" --report "$$REPORTS/silt.json" -o html="$$REPORTS/silt.html"

# No report of another image is left, should this one not be readable at all.
silt_clear = mkdir -p "$$REPORTS" && rm -f "$$REPORTS/silt.json" "$$REPORTS/silt.html"

.PHONY: gate gate-file push

gate:
	@test -n "$$IMAGE" || { echo "Which image? make gate IMAGE=app" >&2; exit 2; }
	@$(silt_clear)
	@$(DOCKER) save "$$IMAGE" | $(silt_gate) --name "$$IMAGE" -

gate-file:
	@test -n "$$FILE" || { echo "Which file? make gate-file FILE=app.tar" >&2; exit 2; }
	@$(silt_clear)
	@$(silt_gate) -- "$$FILE"

push: gate
	$(DOCKER) push "$$IMAGE"
