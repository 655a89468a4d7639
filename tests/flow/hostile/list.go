// Prints what Go's archive/tar reads of the tars that are named: one line of JSON for each entry.
package main

import (
	"archive/tar"
	"encoding/json"
	"os"
)

type line struct {
	Tar, Name, Type string
	Mode, Size      int64
	Error           string
}

func list(name string, out *json.Encoder) {
	file, err := os.Open(name)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	reader := tar.NewReader(file)
	for {
		header, err := reader.Next()
		if err != nil {
			out.Encode(line{Tar: name, Error: err.Error()})
			return
		}
		out.Encode(line{name, header.Name, string(header.Typeflag), header.Mode, header.Size, ""})
	}
}

func main() {
	out := json.NewEncoder(os.Stdout)
	for _, name := range os.Args[1:] {
		list(name, out)
	}
}
