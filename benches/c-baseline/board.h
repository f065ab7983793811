/* What a program on AN505 or AN521 has from the board: words to the host, a file, the timer, its memory. */
#ifndef BOARD_H
#define BOARD_H

#include <stddef.h>
#include <stdint.h>

/* Prints the text, and `say` a line. */
void print(const char *text);
void say(const char *text);
void say_number(const char *text, uint32_t number);

/* Ends QEMU with this exit status. */
void board_exit(int status) __attribute__((noreturn));

/* Reads a file of the folder that QEMU runs in; its length, or 0 while there is none. */
size_t board_read_file(const char *name, void *buffer, size_t size);

/* SysTick at 20 MHz: ticks since `board_timer_start`, at most 16,777,215. */
void board_timer_start(void);
uint32_t board_timer_stop(void);

/* The most bytes of heap and stack that were in use. */
uint32_t board_heap_peak(void);
uint32_t board_stack_peak(void);

#endif
