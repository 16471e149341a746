/**
 * A page over plain http from another machine, such as a laptop in the room: the browser gives it no offline cache and
 * keeps its data for this address alone, so the copy goes when the page goes.
 */
export const isBorrowedPage = (): boolean => !isSecureContext && location.protocol === 'http:';
