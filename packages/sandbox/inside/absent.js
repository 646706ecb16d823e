// Stands for the modules of Node that a library asks for while it loads and no script may have.
export const absent = true;
