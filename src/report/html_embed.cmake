# Embeds the style and the script of the HTML report: cmake -DOUT=FILE.c -P html_embed.cmake -- STYLE SCRIPT
#
# Beside each text stands its digest as a Content-Security-Policy has it: nothing else in a report may be a style or a
# script, and the page itself says so.
math(EXPR last "${CMAKE_ARGC} - 1")
math(EXPR before "${CMAKE_ARGC} - 2")
set(style_file "${CMAKE_ARGV${before}}")
set(script_file "${CMAKE_ARGV${last}}")

# base64(<out> <hex digits of a SHA-256>): six digits are four letters; of the last four, three and a "=".
function(base64 out hex)
  set(letters "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  set(text "")
  foreach(group RANGE 10)
    math(EXPR at "${group} * 6")
    string(SUBSTRING "${hex}00" ${at} 6 digits)
    foreach(shift 18 12 6 0)
      math(EXPR index "(0x${digits} >> ${shift}) & 63")
      string(SUBSTRING "${letters}" ${index} 1 letter)
      string(APPEND text "${letter}")
    endforeach()
  endforeach()
  string(SUBSTRING "${text}" 0 43 text)
  set(${out} "${text}=" PARENT_SCOPE)
endfunction()

# embed(<name of the C object> <file>): adds it to `source`.
function(embed name file)
  file(READ "${file}" text)
  string(REGEX MATCH "[^\n -~]|</" odd "${text}")
  if(odd)
    message(FATAL_ERROR "${file}: not plain ASCII, or ends the element that it stands in")
  endif()
  file(READ "${file}" hex HEX)
  file(SHA256 "${file}" digest)
  base64(digest "${digest}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(REGEX REPLACE "((0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,)(0x..,))" "\\1\n" bytes "${bytes}")
  set(source "${source}
static const char ${name}_text[] = {
${bytes}0,
};

const struct silt_html_asset silt_html_${name} = {${name}_text, \"sha256-${digest}\"};
" PARENT_SCOPE)
endfunction()

set(source "/* Written by html_embed.cmake. */
#include \"report/html_asset.h\"
")
embed(style "${style_file}")
embed(script "${script_file}")
file(WRITE "${OUT}" "${source}")
