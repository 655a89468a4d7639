# What Debian wants of a package and `cmake --install` does not do; run by cpack on the tree that it is about to pack.
if(NOT CPACK_GENERATOR STREQUAL "DEB")
  return()
endif()

set(tree ${CPACK_TEMPORARY_INSTALL_DIRECTORY}/runtime)
set(doc ${tree}/usr/share/doc/silt)
if(NOT EXISTS ${doc})
  message(FATAL_ERROR "${doc} is missing: cpack stages packages elsewhere than this script looks for them.")
endif()

foreach(file copyright changelog)
  configure_file(${CPACK_SILT_PACKAGING}/${file} ${doc}/${file} COPYONLY NO_SOURCE_PERMISSIONS)
endforeach()

# Without name and time in the header: the same page gives the same bytes.
file(GLOB_RECURSE pages ${tree}/usr/share/man/*.[1-9])
execute_process(COMMAND gzip -9n ${pages} ${doc}/changelog COMMAND_ERROR_IS_FATAL ANY)

# Whatever the umask of who packs.
file(CHMOD_RECURSE ${tree} DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE
                                                 WORLD_READ WORLD_EXECUTE)
