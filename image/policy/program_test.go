package policy_test

import (
	"bytes"
	"debug/elf"
	"encoding/binary"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
)

// program is as much of an executable as the rules look at.
type program struct {
	machine   elf.Machine
	segments  []elf.ProgType // besides that of the data
	sections  []section
	goVersion string
	build     debug.BuildInfo
}

type section struct {
	name string
	kind elf.SectionType
}

// elf returns the program as an ELF file: header, segments, the build information
// as its only data, sections, and their names.
func (p program) elf(t *testing.T) []byte {
	t.Helper()
	const headerSize, segmentSize, sectionSize = 64, 56, 64
	info := p.info()
	data := uint64(headerSize + segmentSize*(1+len(p.segments)))
	names := "\x00"
	sections := []elf.Section64{{}}
	for _, s := range slices.Concat(p.sections, []section{{".shstrtab", elf.SHT_STRTAB}}) {
		sections = append(sections, elf.Section64{Name: uint32(len(names)), Type: uint32(s.kind)})
		names += s.name + "\x00"
	}
	table := data + uint64(len(info))
	last := &sections[len(sections)-1]
	last.Off, last.Size = table+uint64(sectionSize*len(sections)), uint64(len(names))

	var file bytes.Buffer
	header := elf.Header64{
		Ident:   [16]byte{0x7f, 'E', 'L', 'F', byte(elf.ELFCLASS64), byte(elf.ELFDATA2LSB), byte(elf.EV_CURRENT)},
		Type:    uint16(elf.ET_EXEC),
		Machine: uint16(p.machine), Version: uint32(elf.EV_CURRENT), Ehsize: headerSize,
		Phoff: headerSize, Phentsize: segmentSize, Phnum: uint16(1 + len(p.segments)),
		Shoff: table, Shentsize: sectionSize, Shnum: uint16(len(sections)), Shstrndx: uint16(len(sections) - 1),
	}
	write := func(part any) {
		if err := binary.Write(&file, binary.LittleEndian, part); err != nil {
			t.Fatal(err)
		}
	}
	write(header)
	const address = 0x400000 // Go takes an address of 0 for none
	write(elf.Prog64{
		Type: uint32(elf.PT_LOAD), Flags: uint32(elf.PF_R | elf.PF_W), Align: 16,
		Off: data, Vaddr: address, Filesz: uint64(len(info)), Memsz: uint64(len(info)),
	})
	for _, segment := range p.segments {
		write(elf.Prog64{Type: uint32(segment)})
	}
	write(info)
	write(sections)
	write([]byte(names))
	return file.Bytes()
}

// info returns the build information as the linker writes it, which debug/buildinfo
// describes.
func (p program) info() []byte {
	const sentinel = "0123456789abcdef"
	info := append([]byte("\xff Go buildinf:\x08\x02"), make([]byte, 16)...)
	for _, text := range []string{p.goVersion, sentinel + strings.TrimSuffix(p.build.String(), "\n") + "\n" + sentinel} {
		info = binary.AppendUvarint(info, uint64(len(text)))
		info = append(info, text...)
	}
	return info
}
