/**
 * Recorded sessions and sample files that lie beside a clone, not in it. Suites that read them leave themselves
 * out where they are not: `describe.skipIf(dataFolder === undefined)`.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

const folder = resolve(process.env['WEFT_DATA'] ?? '../shared/data');

/** The folder of the outside data, or undefined. */
export const dataFolder: string | undefined = existsSync(folder) ? folder : undefined;
