# Writes the rule files that silt ships into a C file, every byte inverted (shipped.h says why):
# cmake -D OUTPUT=<C file> -D FOLDER=<of the rules> -D "FILES=<name>;..." -P embed.cmake
set(arrays "")
set(rows "")
foreach(file ${FILES})
  file(READ ${FOLDER}/${file} bytes HEX)
  string(REGEX REPLACE "[^a-z0-9]" "_" name ${file})
  # Sixteen bytes a line.
  string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0xff-0x\\1," bytes "${bytes}")
  string(APPEND arrays "static const uint8_t ${name}[] = {\n${bytes}};\n")
  string(APPEND rows "\t{\"silt/rules/${file}\", ${name}, sizeof(${name})},\n")
endforeach()
file(WRITE ${OUTPUT} "/* Made by embed.cmake from the files in src/secret/rules. */
#include \"secret/shipped.h\"

${arrays}
const struct silt_shipped_file silt_shipped_files[] = {
${rows}\t{NULL, NULL, 0},
};
")
