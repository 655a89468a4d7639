# What dockerd writes: save of several images, save into a pipe, export of a container.

# Two images over one base. The last layers of both are the same bytes, which docker stores once and links.
build_two_images() {
	start_builder docker
	put_busybox
	github_token >context/token
	github_token >context/other
	printf 'FROM scratch\nCOPY bin /bin\nCOPY token /token\n' >context/Dockerfile
	build_with docker first:1
	printf 'FROM scratch\nENV A=b\nCOPY bin /bin\nCOPY token /token\nRUN rm /token\nCOPY other /other\n' \
		>context/Dockerfile
	build_with docker second:1
	printf 'FROM first:1\nENV C=d\n' >context/Dockerfile
	build_with docker third:1
}

several_images_in_one_save_are_all_told() {
	build_two_images
	docker save -o all.tar first:1 second:1 third:1
	report_of all.tar all.json
	expect_count 2 all.json pattern=github-pat
	expect all.json pattern=github-pat exposure=visible at.path=token at.fate=visible
	expect all.json pattern=github-pat exposure=visible at.path=token at.fate=deleted at.hidden_by~"rm /token"
	expect all.json pattern=github-pat exposure=visible at.path=other
	python3 "$here/report.py" images all.json >names
	expect_text names first:1
	expect_text names second:1
	expect_text names third:1
}

one_image_of_a_save_can_be_chosen() {
	build_two_images
	docker save -o all.tar first:1 second:1
	report_of all.tar second.json --image second:1
	expect second.json pattern=github-pat exposure=deleted at.path=token
	python3 "$here/report.py" images second.json >names
	expect_text names second:1
	! grep -q first:1 names || fail "--image second:1 also gave first:1"
}

a_layer_that_is_a_symlink_is_read() {
	build_two_images
	docker save -o all.tar first:1 third:1
	tar -tvf all.tar >listing
	grep -q '^l.*layer.tar -> ' listing || skip "this docker writes no symlinks"
	report_of all.tar all.json
	expect_none all.json rule=integrity-missing-blob
	expect_count 1 all.json pattern=github-pat exposure=visible
}

docker_save_into_a_pipe_is_scanned() {
	build_two_images
	docker save second:1 | silt_exits 1 scan -o json --name second -
	mv out piped.json
	docker save -o second.tar second:1
	report_of second.tar filed.json --name second
	expect_same_findings piped.json filed.json
}

an_exported_container_is_a_rootfs() {
	build_two_images
	docker create --name exported second:1 /bin/sh >/dev/null
	docker export -o rootfs.tar exported
	report_of rootfs.tar rootfs.json
	[ "$(python3 "$here/report.py" format rootfs.json)" = rootfs ] || fail "format is not rootfs"
	expect rootfs.json pattern=github-pat exposure=visible at.path=other at.fate=visible
	expect_count 1 rootfs.json pattern=github-pat
	expect_none rootfs.json rule=user-root
	silt_exits 0,1 scan rootfs.tar
	expect_text out rootfs
}

# docker commit keeps the command of the container and the message; docker import keeps the message alone.
messages_of_commit_and_import_are_searched() {
	build_two_images
	docker create --name committed second:1 /bin/sh >/dev/null
	docker commit -m "deployed with $(github_token)" committed message:1 >/dev/null
	docker export committed | docker import -m "made with $(github_token)" - imported:1 >/dev/null
	docker save -o message.tar message:1
	docker save -o imported.tar imported:1
	report_of message.tar message.json
	expect message.json pattern=github-pat exposure=metadata at.place~history
	report_of imported.tar imported.json
	expect imported.json pattern=github-pat exposure=metadata at.place~history
	expect imported.json pattern=github-pat exposure=visible at.path=other
}
