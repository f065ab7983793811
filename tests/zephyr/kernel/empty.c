/* An executable has a source. */
typedef int empty;
