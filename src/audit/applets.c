/* The names that busybox and toybox answer to: of all their applets, in any build. */
#include "audit/shell_kinds.h"

#include "base/attributes.h"

/* In byte order. */
static const char *const applets[] = {
	/* clang-format off */
	"[", "[[", "acpi", "acpid", "add-shell", "addgroup", "adduser", "adjtimex", "ar", "arch", "arp", "arping",
	"ascii", "ash", "awk", "base32", "base64", "basename", "bbconfig", "bc", "beep", "blkdiscard", "blkid",
	"blockdev", "bootchartd", "brctl", "bunzip2", "busybox", "bzcat", "bzip2", "cal", "cat", "chat", "chattr",
	"chcon", "chgrp", "chmod", "chown", "chpasswd", "chpst", "chroot", "chrt", "chsh", "chvt", "cksum", "clear",
	"cmp", "comm", "conspy", "count", "cp", "cpio", "crc32", "crond", "crontab", "cryptpw", "cttyhack", "cut",
	"date", "dc", "dd", "deallocvt", "delgroup", "deluser", "demo_number", "demo_scankey", "depmod", "devmem",
	"df", "dhcprelay", "diff", "dirname", "dmesg", "dnsd", "dnsdomainname", "dos2unix", "dpkg", "dpkg-deb", "du",
	"dumpe2fs", "dumpkmap", "dumpleases", "echo", "ed", "egrep", "eject", "env", "envdir", "envuidgid",
	"ether-wake", "expand", "expr", "factor", "fakeidentd", "fallocate", "false", "fatattr", "fbset", "fbsplash",
	"fdflush", "fdformat", "fdisk", "fgconsole", "fgrep", "file", "find", "findfs", "flash_eraseall",
	"flash_lock", "flash_unlock", "flashcp", "flock", "fmt", "fold", "free", "freeramdisk", "fsck", "fsck.minix",
	"fsfreeze", "fstrim", "fstype", "fsync", "ftpd", "ftpget", "ftpput", "fuser", "getconf", "getenforce",
	"getopt", "getprop", "getsebool", "getty", "gpiodetect", "gpiofind", "gpioget", "gpioinfo", "gpioset", "grep",
	"groups", "gunzip", "gzip", "halt", "hd", "hdparm", "head", "help", "hexdump", "hexedit", "host", "hostid",
	"hostname", "httpd", "hush", "hwclock", "i2cdetect", "i2cdump", "i2cget", "i2cset", "i2ctransfer", "iconv",
	"id", "ifconfig", "ifdown", "ifenslave", "ifplugd", "ifup", "inetd", "init", "inotifyd", "insmod", "install",
	"ionice", "iorenice", "iotop", "ip", "ipaddr", "ipcalc", "ipcrm", "ipcs", "iplink", "ipneigh", "iproute",
	"iprule", "iptunnel", "kbd_mode", "kill", "killall", "killall5", "klogd", "last", "length", "less", "link",
	"linux32", "linux64", "linuxrc", "ln", "load_policy", "loadfont", "loadkmap", "log", "logger", "login",
	"logname", "logread", "losetup", "lpd", "lpq", "lpr", "ls", "lsattr", "lsmod", "lsof", "lspci", "lsscsi",
	"lsusb", "lzcat", "lzma", "lzop", "lzopcat", "makedevs", "makemime", "man", "matchpathcon", "mcookie",
	"md5sum", "mdev", "memeater", "mesg", "microcom", "mim", "mix", "mkdir", "mkdosfs", "mke2fs", "mkfifo",
	"mkfs.ext2", "mkfs.minix", "mkfs.reiser", "mkfs.vfat", "mknod", "mkpasswd", "mkswap", "mktemp", "modinfo",
	"modprobe", "more", "mount", "mountpoint", "mpstat", "mt", "mv", "nameif", "nanddump", "nandwrite",
	"nbd-client", "nbd-server", "nc", "netcat", "netstat", "nice", "nl", "nmeter", "nohup", "nologin", "nproc",
	"nsenter", "nslookup", "ntpd", "nuke", "od", "oneit", "openvt", "partprobe", "passwd", "paste", "patch",
	"pgrep", "pidof", "ping", "ping6", "pipe_progress", "pivot_root", "pkill", "pmap", "popmaildir", "poweroff",
	"powertop", "printenv", "printf", "prlimit", "ps", "pscan", "pstree", "pwd", "pwdx", "pwgen", "raidautorun",
	"rdate", "rdev", "readahead", "readelf", "readlink", "readprofile", "realpath", "reboot", "reformime",
	"remove-shell", "renice", "reset", "resize", "restorecon", "resume", "rev", "rfkill", "rm", "rmdir", "rmmod",
	"route", "rpm", "rpm2cpio", "rtcwake", "run-init", "run-parts", "runcon", "runlevel", "runsv", "runsvdir",
	"rx", "script", "scriptreplay", "sed", "seedrng", "selinuxenabled", "sendmail", "seq", "sestatus", "setarch",
	"setconsole", "setenforce", "setfattr", "setfiles", "setfont", "setkeycodes", "setlogcons", "setpriv",
	"setprop", "setsebool", "setserial", "setsid", "setuidgid", "sh", "sha1sum", "sha224sum", "sha256sum",
	"sha384sum", "sha3sum", "sha512sum", "showkey", "shred", "shuf", "slattach", "sleep", "smemcap", "sntp",
	"softlimit", "sort", "split", "ssl_client", "start", "start-stop-daemon", "stat", "stop", "strings", "stty",
	"su", "sulogin", "sv", "svc", "svlogd", "svok", "swapoff", "swapon", "switch_root", "sync", "sysctl",
	"syslogd", "tac", "tail", "tar", "taskset", "tc", "tcpsvd", "tee", "telnet", "telnetd", "test", "tftp",
	"tftpd", "time", "timeout", "toolbox", "top", "touch", "toybox", "toysh", "tr", "traceroute", "traceroute6",
	"tree", "true", "truncate", "ts", "tsort", "tty", "ttysize", "tunctl", "tune2fs", "ubiattach", "ubidetach",
	"ubimkvol", "ubirename", "ubirmvol", "ubirsvol", "ubiupdatevol", "uclampset", "udhcpc", "udhcpc6", "udhcpd",
	"udpsvd", "uevent", "ulimit", "umount", "uname", "uncompress", "unexpand", "unicode", "uniq", "unix2dos",
	"unlink", "unlzma", "unlzop", "unshare", "unxz", "unzip", "uptime", "users", "usleep", "uudecode", "uuencode",
	"uuidgen", "vconfig", "vi", "vlock", "vmstat", "volname", "w", "wall", "watch", "watchdog", "wc", "wget",
	"which", "who", "whoami", "whois", "xargs", "xxd", "xz", "xzcat", "yes", "zcat", "zcip",
	/* clang-format on */
};

bool silt_is_applet(struct silt_bytes name)
{
	size_t low = 0, high = SILT_COUNT(applets);
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = silt_bytes_compare(silt_bytes_text(applets[middle]), name);
		if (order == 0) {
			return true;
		}
		if (order < 0) {
			low = middle + 1;
		} else {
			high = middle;
		}
	}
	return false;
}
