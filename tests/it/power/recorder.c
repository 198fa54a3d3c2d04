/* Runs a program and records what it does to files: recorder LOG PROGRAM ARGUMENTS...
 *
 * It sees the calls that the kernel gets, whatever library makes them, and writes each that
 * succeeded: a letter, two paths and the bytes, each with its length in front, and an offset.
 *
 *   O  a file is opened to be written, and made where there is none; the offset is 1 where it
 *      is emptied
 *   W  bytes are written at an offset
 *   T  a file is cut or grown to a length
 *   S  a file or folder is synced
 *   R  a file is renamed
 *   U  a name is removed
 *   D  a folder is made
 *   ?  something else that may change files, which whoever reads the record does not know
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

struct task {
    pid_t id;
    int is_stopped_once;
    uint64_t call, arguments[6];
};

static struct task tasks[4096];
static FILE *record;

static struct task *find(pid_t id) {
    for (size_t at = 0; at < sizeof tasks / sizeof *tasks; at++) {
        struct task *task = &tasks[at];
        if (task->id == id || task->id == 0) {
            task->id = id;
            return task;
        }
    }
    exit(125);
}

static void put(const void *bytes, uint64_t length) {
    fwrite(&length, sizeof length, 1, record);
    fwrite(bytes, 1, length, record);
}

static void note(char letter, const char *path, const char *other, uint64_t offset,
                 const void *bytes, uint64_t length) {
    fwrite(&letter, 1, 1, record);
    put(path, strlen(path));
    put(other, strlen(other));
    put(bytes, length);
    fwrite(&offset, sizeof offset, 1, record);
}

static void copy(pid_t id, uint64_t from, void *to, size_t length) {
    struct iovec ours = {to, length}, theirs = {(void *)from, length};
    if (process_vm_readv(id, &ours, 1, &theirs, 1, 0) != (ssize_t)length) {
        perror("recorder: cannot read the program's memory");
        exit(125);
    }
}

/* What an open file is called now. */
static const char *name_of(pid_t id, int file) {
    static char link[64], name[PATH_MAX];
    snprintf(link, sizeof link, "/proc/%d/fd/%d", id, file);
    ssize_t length = readlink(link, name, sizeof name - 1);
    name[length < 0 ? 0 : length] = 0;
    return name;
}

/* A path of the program as one that begins at the root. */
static void path_of(pid_t id, int folder, uint64_t from, char *path) {
    char link[64], text[PATH_MAX];
    size_t length = 0;
    do {
        copy(id, from + length, text + length, 1);
    } while (text[length] && ++length < sizeof text - 1);
    text[length] = 0;
    if (text[0] == '/') {
        snprintf(path, 2 * PATH_MAX, "%s", text);
        return;
    }
    char base[PATH_MAX];
    snprintf(link, sizeof link, folder == AT_FDCWD ? "/proc/%d/cwd" : "/proc/%d/fd/%d", id,
             folder);
    ssize_t end = readlink(link, base, sizeof base - 1);
    base[end < 0 ? 0 : end] = 0;
    snprintf(path, 2 * PATH_MAX, "%s/%s", base, text);
}

/* Where the next byte of an open file would be read or written. */
static uint64_t position(pid_t id, int file) {
    char name[64];
    unsigned long long position = 0;
    snprintf(name, sizeof name, "/proc/%d/fdinfo/%d", id, file);
    FILE *text = fopen(name, "r");
    if (text) {
        if (fscanf(text, "pos: %llu", &position) != 1) position = 0;
        fclose(text);
    }
    return position;
}

static void written(pid_t id, int file, uint64_t from, uint64_t length, uint64_t offset) {
    char *bytes = malloc(length);
    copy(id, from, bytes, length);
    note('W', name_of(id, file), "", offset, bytes, length);
    free(bytes);
}

static void opened(pid_t id, int file, uint64_t flags) {
    if ((flags & O_ACCMODE) == O_RDONLY && !(flags & O_CREAT)) return;
    note('O', name_of(id, file), "", !!(flags & O_TRUNC), "", 0);
}

static void renamed(pid_t id, int from_folder, uint64_t from, int to_folder, uint64_t to) {
    char one[2 * PATH_MAX], other[2 * PATH_MAX];
    path_of(id, from_folder, from, one);
    path_of(id, to_folder, to, other);
    note('R', one, other, 0, "", 0);
}

static void named(char letter, pid_t id, int folder, uint64_t from) {
    char path[2 * PATH_MAX];
    path_of(id, folder, from, path);
    note(letter, path, "", 0, "", 0);
}

/* A call that ended well. */
static void called(const struct task *task, int64_t result) {
    const uint64_t *a = task->arguments;
    pid_t id = task->id;
    switch (task->call) {
#ifdef SYS_open
    case SYS_open: opened(id, (int)result, a[1]); break;
    case SYS_creat: opened(id, (int)result, O_WRONLY | O_CREAT | O_TRUNC); break;
    case SYS_rename: renamed(id, AT_FDCWD, a[0], AT_FDCWD, a[1]); break;
    case SYS_unlink: named('U', id, AT_FDCWD, a[0]); break;
    case SYS_rmdir: named('U', id, AT_FDCWD, a[0]); break;
    case SYS_mkdir: named('D', id, AT_FDCWD, a[0]); break;
    case SYS_link: named('?', id, AT_FDCWD, a[1]); break;
    case SYS_symlink: named('?', id, AT_FDCWD, a[1]); break;
#endif
    case SYS_openat: opened(id, (int)result, a[2]); break;
#ifdef SYS_renameat
    case SYS_renameat: renamed(id, (int)a[0], a[1], (int)a[2], a[3]); break;
#endif
    case SYS_renameat2: renamed(id, (int)a[0], a[1], (int)a[2], a[3]); break;
    case SYS_unlinkat: named('U', id, (int)a[0], a[1]); break;
    case SYS_mkdirat: named('D', id, (int)a[0], a[1]); break;
    case SYS_linkat: named('?', id, (int)a[2], a[3]); break;
    case SYS_symlinkat: named('?', id, (int)a[1], a[2]); break;
    case SYS_write:
        written(id, (int)a[0], a[1], result, position(id, (int)a[0]) - result);
        break;
    case SYS_pwrite64: written(id, (int)a[0], a[1], result, a[3]); break;
    case SYS_ftruncate: note('T', name_of(id, (int)a[0]), "", a[1], "", 0); break;
    case SYS_fsync:
    case SYS_fdatasync: note('S', name_of(id, (int)a[0]), "", 0, "", 0); break;
    case SYS_truncate: named('?', id, AT_FDCWD, a[0]); break;
    case SYS_writev:
    case SYS_pwritev:
    case SYS_pwritev2:
    case SYS_fallocate: note('?', name_of(id, (int)a[0]), "", 0, "", 0); break;
    case SYS_sendfile: note('?', name_of(id, (int)a[0]), "", 0, "", 0); break;
    case SYS_copy_file_range:
    case SYS_splice: note('?', name_of(id, (int)a[2]), "", 0, "", 0); break;
    case SYS_mmap:
        if ((a[2] & PROT_WRITE) && (a[3] & MAP_SHARED) && !(a[3] & MAP_ANONYMOUS))
            note('?', name_of(id, (int)a[4]), "", 0, "", 0);
        break;
    }
}

static void stopped(pid_t id) {
    struct __ptrace_syscall_info call;
    struct task *task = find(id);
    if (ptrace(PTRACE_GET_SYSCALL_INFO, id, sizeof call, &call) <= 0) return;
    if (call.op == PTRACE_SYSCALL_INFO_ENTRY) {
        task->call = call.entry.nr;
        memcpy(task->arguments, call.entry.args, sizeof task->arguments);
    } else if (call.op == PTRACE_SYSCALL_INFO_EXIT && !call.exit.is_error) {
        called(task, call.exit.rval);
    }
}

int main(int count, char **words) {
    if (count < 3 || !(record = fopen(words[1], "wb"))) return 125;
    pid_t child = fork();
    if (child == 0) {
        if (ptrace(PTRACE_TRACEME, 0, 0, 0) != 0) _exit(126);
        raise(SIGSTOP);
        execv(words[2], words + 2);
        _exit(127);
    }
    int status, result = 125;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) return 126;
    long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                   PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC | PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SETOPTIONS, child, 0, options) != 0) return 126;
    find(child)->is_stopped_once = 1;
    ptrace(PTRACE_SYSCALL, child, 0, 0);
    for (pid_t id; 0 < (id = waitpid(-1, &status, __WALL));) {
        if (WIFEXITED(status) || WIFSIGNALED(status)) {
            if (id == child)
                result = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
            continue;
        }
        int signal = WSTOPSIG(status);
        struct task *task = find(id);
        if (signal == (SIGTRAP | 0x80)) {
            stopped(id);
            signal = 0;
        } else if (status >> 16 || (signal == SIGSTOP && !task->is_stopped_once)) {
            /* A thread begins, or is told of. */
            signal = 0;
        }
        task->is_stopped_once = 1;
        ptrace(PTRACE_SYSCALL, id, 0, signal);
    }
    return fclose(record) == 0 ? result : 125;
}
