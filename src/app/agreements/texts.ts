/** An agreement's frozen text for paper and for other programs. */
export { agreementMarkdown, agreementOdt, partsOf } from '../../documents/agreement/index.ts';
