/* A library to load before others (LD_PRELOAD): the N-th call of the C library that touches a
 * file below a folder fails, or kills its process. All that writes is counted, and every open.
 *
 *   FAULT_UNDER   the folder, an absolute path without links
 *   FAULT_AT      which call, from 1; 0 for none
 *   FAULT_ERROR   the number of the error (errno), or 0 to kill the process (SIGKILL)
 *   FAULT_MEMORY  which allocation of at least LARGE bytes gets no memory, from 1; 0 for none
 *   FAULT_COUNT   a file that gets the numbers of calls and of allocations when the process ends
 *   FAULT_LOG     a file that gets a line for each call: its path, or "connect" for one that
 *                 asks for another machine or another port (those are counted nowhere else)
 */
#define _GNU_SOURCE
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
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define LARGE (1 << 16)

static atomic_long calls, allocations;
static long scarce;
static pid_t owner;
static const char *under;
static long at;
static int wrong;
static int record = -1;

/* A process that is a fork of another one calls it again, with an environment of its own. */
__attribute__((constructor)) void faults_begin(void) {
  under = getenv("FAULT_UNDER");
  at = getenv("FAULT_AT") ? atol(getenv("FAULT_AT")) : 0;
  wrong = getenv("FAULT_ERROR") ? atoi(getenv("FAULT_ERROR")) : 0;
  scarce = getenv("FAULT_MEMORY") ? atol(getenv("FAULT_MEMORY")) : 0;
  allocations = 0;
  owner = getpid();
  const char *name = getenv("FAULT_LOG");
  if (name)
    record = syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

__attribute__((destructor)) static void end(void) {
  const char *name = getenv("FAULT_COUNT");
  FILE *file = name ? fopen(name, "w") : NULL;
  if (file) {
    fprintf(file, "%ld %ld\n", (long)calls, (long)allocations);
    fclose(file);
  }
}

static int below(const char *path) {
  size_t length = under ? strlen(under) : 0;
  return length && !strncmp(path, under, length) && (path[length] == '/' || !path[length]);
}

static void noted(const char *what) {
  char line[2 * PATH_MAX + 2];
  int size = snprintf(line, sizeof line, "%s\n", what);
  if (record >= 0) syscall(SYS_write, record, line, size);
}

/* Whether this call is the one: it fails, or nothing comes after it. */
static int strikes(const char *path) {
  if (!below(path)) return 0;
  noted(path);
  if (++calls != at) return 0;
  if (!wrong) kill(getpid(), SIGKILL);
  errno = wrong;
  return 1;
}

static int strikes_fd(int fd) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  if (size < 0) return 0;
  path[size] = 0;
  return strikes(path);
}

static int strikes_at(int folder, const char *name) {
  char link[64], path[2 * PATH_MAX];
  if (name[0] == '/') return strikes(name);
  if (folder == AT_FDCWD) snprintf(link, sizeof link, "/proc/self/cwd");
  else snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
  ssize_t size = readlink(link, path, PATH_MAX - 1);
  if (size < 0) return 0;
  snprintf(path + size, sizeof path - size, "/%s", name);
  return strikes(path);
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = dlsym(RTLD_NEXT, #name)
#define BY_FD(type, name, given, passed) \
  type name given { REAL(name); return strikes_fd(fd) ? -1 : real passed; }
#define BY_PATH(type, name, given, passed) \
  type name given { REAL(name); return strikes_at(AT_FDCWD, path) ? -1 : real passed; }
#define BY_PLACE(type, name, given, passed) \
  type name given { REAL(name); return strikes_at(folder, path) ? -1 : real passed; }

BY_FD(ssize_t, write, (int fd, const void *data, size_t size), (fd, data, size))
BY_FD(ssize_t, pwrite, (int fd, const void *data, size_t size, off_t from), (fd, data, size, from))
BY_FD(ssize_t, pwrite64, (int fd, const void *data, size_t size, off64_t from),
      (fd, data, size, from))
BY_FD(ssize_t, writev, (int fd, const struct iovec *parts, int count), (fd, parts, count))
BY_FD(int, fsync, (int fd), (fd))
BY_FD(int, fdatasync, (int fd), (fd))
BY_FD(int, ftruncate, (int fd, off_t size), (fd, size))
BY_FD(int, ftruncate64, (int fd, off64_t size), (fd, size))
BY_PATH(int, mkdir, (const char *path, mode_t mode), (path, mode))
BY_PATH(int, rename, (const char *path, const char *to), (path, to))
BY_PATH(int, unlink, (const char *path), (path))
BY_PATH(int, rmdir, (const char *path), (path))
BY_PATH(int, link, (const char *path, const char *to), (path, to))
BY_PLACE(int, mkdirat, (int folder, const char *path, mode_t mode), (folder, path, mode))
BY_PLACE(int, unlinkat, (int folder, const char *path, int flags), (folder, path, flags))
BY_PLACE(int, renameat, (int folder, const char *path, int other, const char *to),
         (folder, path, other, to))

#define MODE(flags, last) \
  mode_t mode = 0; \
  if (flags & (O_CREAT | O_TMPFILE)) { \
    va_list rest; \
    va_start(rest, last); \
    mode = va_arg(rest, mode_t); \
    va_end(rest); \
  }
#define OPENS(name) \
  int name(const char *path, int flags, ...) { \
    MODE(flags, flags) \
    REAL(name); \
    return strikes_at(AT_FDCWD, path) ? -1 : real(path, flags, mode); \
  }
#define OPENS_AT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    MODE(flags, flags) \
    REAL(name); \
    return strikes_at(folder, path) ? -1 : real(folder, path, flags, mode); \
  }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

int connect(int fd, const struct sockaddr *to, socklen_t size) {
  REAL(connect);
  if (to->sa_family != AF_UNIX) noted("connect");
  return real(fd, to, size);
}

/* Python's small objects lie in areas of its own, which it asks the system for. */
static int refused(size_t size) {
  if (!owner || size < LARGE || getpid() != owner) return 0;
  if (++allocations != scarce) return 0;
  errno = ENOMEM;
  return 1;
}

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);

void *malloc(size_t size) { return refused(size) ? NULL : __libc_malloc(size); }

void *calloc(size_t count, size_t size) {
  return refused(size && count > LARGE / size ? LARGE : count * size)
             ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) { return refused(size) ? NULL : __libc_realloc(old, size); }

void *mmap(void *place, size_t size, int rights, int flags, int fd, off_t from) {
  if (fd < 0 && refused(size)) return MAP_FAILED;
  return (void *)syscall(SYS_mmap, place, size, rights, flags, fd, from);
}
