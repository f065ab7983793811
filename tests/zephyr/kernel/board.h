#ifndef BOARD_H
#define BOARD_H

void board_print(const char *text);
_Noreturn void board_exit(int status);
void board_in_isr(void (*handler)(void *), void *argument);
int app_main(void);

#endif
