/**
 * What Yjs and y-webrtc ask of lib0's logging, said to nobody: it would print rooms and peers to a console, and brings a
 * toolbox for pages with it. The app is built with this instead: see `standIns` in vite.config.ts.
 */
const silent = (): void => undefined;

export { silent as print, silent as warn };
export const createModuleLogger = (): (() => void) => silent;

/** styles, of which nothing is made */
export const BOLD = '';
export { BOLD as UNBOLD, BOLD as GREY, BOLD as ORANGE, BOLD as RED, BOLD as UNCOLOR };
