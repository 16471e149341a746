/** Names and numbers of a proof; its own module, since the chunk that checks has been fetched by then. */
export { summaryOf as summarize } from '../../../app/agreements/proof-check.ts';
