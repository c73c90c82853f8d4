/* Makes the disk fail for one program. Loaded with LD_PRELOAD; tests/suite/faults/disk.rs compiles and controls it.
 *
 * Only files whose path contains FAULTS_FILES are affected. FAULTS_CONTROL names the file of `struct control`, which is
 * mapped, so that the tests change it while the program runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Which operations count. */
enum { WRITES = 1, LOCKS = 2, READS = 4, EXCLUSIVE_LOCKS = 8 };

/* What happens to an operation. */
enum { NOTHING, FAILS, FAILS_HALF_WAY, FAILS_WHEN_DONE, KILLS, KILLS_HALF_WAY };

struct control {
  int64_t classes; /* Which operations count. */
  int64_t action;  /* What happens to those that are hit. */
  int64_t error;   /* The `errno` of those that fail. */
  int64_t first;   /* The first operation that is hit, from 1. */
  int64_t count;   /* How many are hit in a row. */
  int64_t seen;    /* How many operations there were. */
  int64_t hit;     /* How many of them were hit. */
};

enum { DESCRIPTORS = 65536 };

static struct control *control;
static const char *files;
static unsigned char affected[DESCRIPTORS];

/* The function of the C library behind a name. */
#define REAL(type, name, ...)                         \
  static type (*real)(__VA_ARGS__);                   \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

__attribute__((constructor)) static void start(void) {
  const char *path = getenv("FAULTS_CONTROL");
  files = getenv("FAULTS_FILES");
  if (!path || !files) return;
  REAL(int, "open", const char *, int, ...);
  int fd = real(path, O_RDWR | O_CLOEXEC);
  if (fd < 0) abort();
  control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (control == MAP_FAILED) abort();
  close(fd);
}

static int is_affected(int fd) { return control && fd >= 0 && fd < DESCRIPTORS && affected[fd]; }

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

/* Counts an operation of some classes. What happens to it; the caller sees to what is done half way or fails when done. */
static int action_for(int classes) {
  if (!control || !(control->classes & classes)) return NOTHING;
  int64_t number = __atomic_add_fetch(&control->seen, 1, __ATOMIC_SEQ_CST);
  if (control->action == NOTHING || number < control->first || number - control->first >= control->count) return NOTHING;
  __atomic_add_fetch(&control->hit, 1, __ATOMIC_SEQ_CST);
  if (control->action == KILLS) die();
  return (int)control->action;
}

static int fail(void) {
  errno = (int)control->error;
  return -1;
}

/* Whether no room is needed: a full disk refuses nothing then. */
static int is_full(void) { return control && (control->error == ENOSPC || control->error == EDQUOT); }

/* --- opening and closing --- */

static int open_with(const char *name, const char *path, int flags, mode_t mode) {
  static int (*opens[2])(const char *, int, ...);
  int at = strcmp(name, "open64") == 0;
  if (!opens[at]) opens[at] = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name);
  int is_ours = control && files && strstr(path, files);
  if (is_ours && (flags & O_ACCMODE) != O_RDONLY) {
    int creates = (flags & O_CREAT) && access(path, F_OK) != 0;
    /* Half way is not possible here. */
    if ((creates || !is_full()) && action_for(WRITES) != NOTHING) return fail();
  }
  int fd = opens[at](path, flags, mode);
  if (fd >= 0 && fd < DESCRIPTORS) affected[fd] = is_ours ? 1 : 0;
  return fd;
}

static mode_t mode_of(int flags, va_list list) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(list, mode_t) : 0; }

#define OPEN(function)                                  \
  int function(const char *path, int flags, ...) {      \
    va_list list;                                       \
    va_start(list, flags);                              \
    mode_t mode = mode_of(flags, list);                 \
    va_end(list);                                       \
    return open_with(#function, path, flags, mode);     \
  }
OPEN(open)
OPEN(open64)

int close(int fd) {
  REAL(int, "close", int);
  if (fd >= 0 && fd < DESCRIPTORS) affected[fd] = 0;
  return real(fd);
}

/* --- writing --- */

/* Writes with `CALL(length)`, as the action says. */
#define WRITING(CALL)                                              \
  int action = is_affected(fd) ? action_for(WRITES) : NOTHING;     \
  if (action == FAILS) return fail();                              \
  if (action == FAILS_HALF_WAY || action == KILLS_HALF_WAY) {      \
    ssize_t half = CALL(length / 2);                               \
    if (action == KILLS_HALF_WAY) die();                           \
    return half > 0 ? half : fail();                               \
  }                                                                \
  ssize_t written = CALL(length);                                  \
  return action == FAILS_WHEN_DONE ? fail() : written

#define PWRITE(function, offset_type)                                                    \
  ssize_t function(int fd, const void *bytes, size_t length, offset_type offset) {       \
    REAL(ssize_t, #function, int, const void *, size_t, offset_type);                    \
    WRITING_AT;                                                                          \
  }
#define AT(length) real(fd, bytes, length, offset)
#define WRITING_AT WRITING(AT)
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define HERE(length) real(fd, bytes, length)
ssize_t write(int fd, const void *bytes, size_t length) {
  REAL(ssize_t, "write", int, const void *, size_t);
  WRITING(HERE);
}

/* What has no length: half way is not at all, but for those that are killed half way, which is before. */
#define WHOLE(CALL)                                                                  \
  if (action == FAILS || action == FAILS_HALF_WAY) return fail();                    \
  if (action == KILLS_HALF_WAY) die();                                               \
  int result = CALL;                                                                 \
  return action == FAILS_WHEN_DONE ? fail() : result

#define SYNC(function)                                               \
  int function(int fd) {                                             \
    REAL(int, #function, int);                                       \
    int action = is_affected(fd) ? action_for(WRITES) : NOTHING;     \
    WHOLE(real(fd));                                                 \
  }
SYNC(fsync)
SYNC(fdatasync)

static int grows(int fd, off64_t length) {
  struct stat about;
  return fstat(fd, &about) != 0 || length > about.st_size;
}

#define TRUNCATE(function, offset_type)                                                         \
  int function(int fd, offset_type length) {                                                    \
    REAL(int, #function, int, offset_type);                                                     \
    int counts = is_affected(fd) && (grows(fd, length) || !is_full());                          \
    int action = counts ? action_for(WRITES) : NOTHING;                                         \
    WHOLE(real(fd, length));                                                                    \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

/* These give the error back, and leave `errno` alone. */
#define ALLOCATE(function, offset_type)                                                         \
  int function(int fd, offset_type offset, offset_type length) {                                \
    REAL(int, #function, int, offset_type, offset_type);                                        \
    int action = is_affected(fd) ? action_for(WRITES) : NOTHING;                                \
    if (action == FAILS || action == FAILS_HALF_WAY) return (int)control->error;                \
    if (action == KILLS_HALF_WAY) die();                                                        \
    int result = real(fd, offset, length);                                                      \
    return action == FAILS_WHEN_DONE ? (int)control->error : result;                            \
  }
ALLOCATE(posix_fallocate, off_t)
ALLOCATE(posix_fallocate64, off64_t)

/* --- reading --- */

#define READING(CALL)                                             \
  int action = is_affected(fd) ? action_for(READS) : NOTHING;     \
  if (action != NOTHING) return fail();                           \
  return CALL

#define PREAD(function, offset_type)                                                \
  ssize_t function(int fd, void *bytes, size_t length, offset_type offset) {        \
    REAL(ssize_t, #function, int, void *, size_t, offset_type);                     \
    READING(real(fd, bytes, length, offset));                                       \
  }
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t read(int fd, void *bytes, size_t length) {
  REAL(ssize_t, "read", int, void *, size_t);
  READING(real(fd, bytes, length));
}

/* --- locks, and the waits between attempts to have them --- */

static int lock_with(const char *name, int fd, int command, void *argument) {
  static int (*locks[2])(int, int, ...);
  int at = strcmp(name, "fcntl64") == 0;
  if (!locks[at]) locks[at] = (int (*)(int, int, ...))dlsym(RTLD_NEXT, name);
  if ((command == F_SETLK || command == F_SETLKW) && is_affected(fd)) {
    int type = ((struct flock *)argument)->l_type;
    if (type != F_UNLCK && action_for(type == F_WRLCK ? LOCKS | EXCLUSIVE_LOCKS : LOCKS) != NOTHING) return fail();
  }
  return locks[at](fd, command, argument);
}

#define FCNTL(function)                                      \
  int function(int fd, int command, ...) {                   \
    va_list list;                                            \
    va_start(list, command);                                 \
    void *argument = va_arg(list, void *);                   \
    va_end(list);                                            \
    return lock_with(#function, fd, command, argument);      \
  }
FCNTL(fcntl)
FCNTL(fcntl64)

/* SQLite waits a minute for a lock, by the sum of what it asked for. So each wait is a millisecond here, and none at all
 * while locks are refused. */
static int is_refusing(void) { return control->action != NOTHING && (control->classes & (LOCKS | EXCLUSIVE_LOCKS)); }

int nanosleep(const struct timespec *time, struct timespec *rest) {
  REAL(int, "nanosleep", const struct timespec *, struct timespec *);
  static const struct timespec millisecond = {0, 1000000};
  if (!control) return real(time, rest);
  return is_refusing() ? 0 : real(&millisecond, NULL);
}

int usleep(useconds_t time) {
  REAL(int, "usleep", useconds_t);
  if (!control) return real(time);
  return is_refusing() ? 0 : real(1000);
}
