// What Go's archive/tar reads of tars: names of files on the standard input, JSON lines out, in the form of
// list_entries.c. It is the reader of Docker, containerd, podman and skopeo, so what it lists is what they extract.
// With three arguments, FORMAT FOLDER FILE, it writes a tar of a folder instead, as far as the format can.
//
//	{"tar": NAME}                     what follows is about this file
//	{"entry": PATH, "type": ..., ...} one entry
//	{"error": TEXT}                   where it gave up; nothing of this file follows
package main

import (
	"archive/tar"
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// Bodies up to this size are read; a hole may be larger than any time there is.
const bodyMax = 1 << 20

var types = map[byte]string{
	tar.TypeReg: "file", tar.TypeRegA: "file", tar.TypeCont: "file", tar.TypeGNUSparse: "file",
	tar.TypeLink: "hardlink", tar.TypeSymlink: "symlink", tar.TypeDir: "directory",
	tar.TypeChar: "char-device", tar.TypeBlock: "block-device", tar.TypeFifo: "fifo",
}

// Bytes as characters of Latin-1.
func quote(text string) string {
	var out strings.Builder
	out.WriteByte('"')
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c < ' ' || c >= 0x7f || c == '"' || c == '\\' {
			fmt.Fprintf(&out, "\\u%04x", c)
		} else {
			out.WriteByte(c)
		}
	}
	out.WriteByte('"')
	return out.String()
}

// A sum over the bytes that are not zero, and where they stand: holes and blocks of zeros are the same to it.
func bodySum(body io.Reader) (uint64, error) {
	var sum, at uint64
	buffer := make([]byte, 64*1024)
	for {
		n, err := body.Read(buffer)
		for _, c := range buffer[:n] {
			at++
			if c != 0 {
				sum += (at*0x9E3779B97F4A7C15 ^ uint64(c)*0xC2B2AE3D27D4EB4F) * 0x165667B19E3779F9
			}
		}
		if err == io.EOF {
			return sum, nil
		}
		if err != nil {
			return sum, err
		}
	}
}

func writeEntry(out io.Writer, reader *tar.Reader, header *tar.Header) error {
	kind, known := types[header.Typeflag]
	if !known {
		kind = "other"
	}
	link := ""
	if kind == "hardlink" || kind == "symlink" {
		link = header.Linkname
	}
	fmt.Fprintf(out, `{"entry":%s,"type":%s,"flag":%s,"link":%s,"mode":%d,"uid":%d,"gid":%d,"size":%d,"mtime":%d`,
		quote(header.Name), quote(kind), quote(string([]byte{header.Typeflag})), quote(link), header.Mode&07777,
		header.Uid, header.Gid, header.Size, header.ModTime.Unix())
	fmt.Fprintf(out, `,"major":%d,"minor":%d`, header.Devmajor, header.Devminor)
	keys := []string{}
	for key := range header.PAXRecords {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		if name, found := strings.CutPrefix(key, "SCHILY.xattr."); found {
			fmt.Fprintf(out, `,%s:"%x"`, quote("xattr:"+name), header.PAXRecords[key])
		}
	}
	var err error
	if header.Size <= bodyMax {
		var sum uint64
		if sum, err = bodySum(reader); err == nil {
			fmt.Fprintf(out, `,"body":"%016x"`, sum)
		}
	}
	fmt.Fprintln(out, "}")
	return err
}

func list(out io.Writer, name string) error {
	file, err := os.Open(name)
	if err != nil {
		return err
	}
	defer file.Close()
	reader := tar.NewReader(bufio.NewReader(file))
	for {
		header, err := reader.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if header.Typeflag == tar.TypeXGlobalHeader {
			continue // runtimes ignore it
		}
		if err := writeEntry(out, reader, header); err != nil {
			return err
		}
	}
}

var formats = map[string]tar.Format{"ustar": tar.FormatUSTAR, "pax": tar.FormatPAX, "gnu": tar.FormatGNU}

// Adds one name; what the format cannot hold is left out.
func add(writer *tar.Writer, format tar.Format, folder, path string, info fs.FileInfo) error {
	target := ""
	if info.Mode()&fs.ModeSymlink != 0 {
		target, _ = os.Readlink(path)
	}
	header, err := tar.FileInfoHeader(info, target)
	if err != nil {
		return err
	}
	header.Name, _ = filepath.Rel(folder, path)
	header.Format = format
	if format != tar.FormatPAX {
		header.ModTime = header.ModTime.Truncate(time.Second)
		header.AccessTime, header.ChangeTime = time.Time{}, time.Time{}
	}
	if writer.WriteHeader(header) != nil || header.Typeflag != tar.TypeReg {
		return nil
	}
	body, err := os.ReadFile(path)
	if err == nil {
		_, err = writer.Write(body)
	}
	return err
}

func write(format, folder, name string) error {
	file, err := os.Create(name)
	if err != nil {
		return err
	}
	defer file.Close()
	writer := tar.NewWriter(file)
	err = filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		return add(writer, formats[format], folder, path, info)
	})
	if err != nil {
		return err
	}
	return writer.Close()
}

func main() {
	if len(os.Args) == 4 {
		if err := write(os.Args[1], os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
		return
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	names := bufio.NewScanner(os.Stdin)
	for names.Scan() {
		fmt.Fprintf(out, `{"tar":%s}`+"\n", quote(names.Text()))
		if err := list(out, names.Text()); err != nil {
			fmt.Fprintf(out, `{"error":%s}`+"\n", quote(err.Error()))
		}
	}
}
