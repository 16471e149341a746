/** debug for simple-peer, said to nobody: it would print addresses to a console. See stream.ts. */
const silent = (): void => undefined;
const createLog = (): (() => void) => silent;

// simple-peer takes the module itself for the function
export { createLog as 'module.exports' };
