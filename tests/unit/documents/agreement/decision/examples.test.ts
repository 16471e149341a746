import { describe, it } from 'vitest';
import * as decision from '../../../../../src/documents/agreement/decision/index.ts';
import { EXAMPLES } from './examples.ts';

describe('what came of a proposal', () => {
  it.each(EXAMPLES)('%s', (_, run) => run(decision));
});
