/** What the watch looks with, and fetches late. */
export { findApartIn } from './apart-in.ts';
export { decidedOn } from './apart-texts.ts';
