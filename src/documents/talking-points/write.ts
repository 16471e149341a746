/** What all verbs of a palette share. */
import { createVerbs } from '../shape/write.ts';
import { paletteRoot } from './schema.ts';

export const { change, show, write } = createVerbs(paletteRoot);
