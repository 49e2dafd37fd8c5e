/* Stands between a program and its files (LD_PRELOAD), and lets a call go wrong.
 *
 *   FAULT_UNDER   only calls about files below this folder count; the folder's path is whole
 *   FAULT_CALLS   which: "change" (make, write, rename, remove) or "read" (open, read, list, look)
 *   FAULT_FROM    the first call that goes wrong, counted from 1; 0 is none
 *   FAULT_TO      the last one
 *   FAULT         how: "kill", or the number of the error
 *   FAULT_COUNT   a file that gets the number of calls when the program ends
 *   FAULT_CLOCK   the time of day in seconds since 1970, instead of the clock's
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long number(const char *name) {
    const char *text = getenv(name);
    return text ? atol(text) : 0;
}

/* Whether this call goes wrong; then `errno` says how. `removes`: a full disk does not mind. */
static int wrong(const char *path, const char *kind, int removes) {
    const char *under = getenv("FAULT_UNDER"), *which = getenv("FAULT_CALLS");
    const char *how = getenv("FAULT");
    if (!under || !which || !path || strcmp(which, kind) || strncmp(path, under, strlen(under)))
        return 0;
    long call = atomic_fetch_add(&calls, 1) + 1;
    if (!how || call < number("FAULT_FROM") || call > number("FAULT_TO"))
        return 0;
    if (!strcmp(how, "kill"))
        raise(SIGKILL);
    if (removes && atoi(how) == ENOSPC)
        return 0;
    errno = atoi(how);
    return 1;
}

static int wrong_open(int descriptor, const char *kind) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0)
        return 0;
    path[length] = 0;
    return wrong(path, kind, 0);
}

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("FAULT_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld", atomic_load(&calls));
        fclose(file);
    }
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    int writes = (flags & O_ACCMODE) != O_RDONLY;
    return wrong(path, writes ? "change" : "read", 0) ? -1 : REAL(open64)(path, flags, mode);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
    return wrong_open(descriptor, "change") ? -1 : REAL(write)(descriptor, bytes, size);
}

ssize_t read(int descriptor, void *bytes, size_t size) {
    return wrong_open(descriptor, "read") ? -1 : REAL(read)(descriptor, bytes, size);
}

int mkdir(const char *path, mode_t mode) {
    return wrong(path, "change", 0) ? -1 : REAL(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
    return wrong(to, "change", 0) ? -1 : REAL(rename)(from, to);
}

int unlink(const char *path) {
    return wrong(path, "change", 1) ? -1 : REAL(unlink)(path);
}

int rmdir(const char *path) {
    return wrong(path, "change", 1) ? -1 : REAL(rmdir)(path);
}

int unlinkat(int folder, const char *name, int flags) {
    return wrong_open(folder, "change") ? -1 : REAL(unlinkat)(folder, name, flags);
}

DIR *opendir(const char *path) {
    return wrong(path, "read", 0) ? NULL : REAL(opendir)(path);
}

struct dirent64 *readdir64(DIR *folder) {
    return wrong_open(dirfd(folder), "read") ? NULL : REAL(readdir64)(folder);
}

int statx(int folder, const char *path, int flags, unsigned mask, struct statx *found) {
    return wrong(path, "read", 0) ? -1 : REAL(statx)(folder, path, flags, mask, found);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int failed = REAL(clock_gettime)(clock, time);
    if (!failed && clock == CLOCK_REALTIME && getenv("FAULT_CLOCK"))
        time->tv_sec = number("FAULT_CLOCK");
    return failed;
}
