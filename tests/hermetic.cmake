# Read by ctest before it runs tests: they have their own settings, or none, whatever whoever runs them likes silt to do.
execute_process(COMMAND env OUTPUT_VARIABLE environment)
string(REGEX MATCHALL "SILT_[A-Z0-9_]+=" variables "${environment}")
foreach(variable ${variables})
  string(REPLACE "=" "" variable ${variable})
  unset(ENV{${variable}})
endforeach()
set(ENV{SILT_CONFIG} none)
