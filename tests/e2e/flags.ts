/** How the browsers of all stories are started. */
import { CHROMIUM_FLAGS } from '../browser.ts';

/** A name that Chromium finds on this machine, and does not know to be this machine. */
export const ELSEWHERE = 'workshop.test';

export const STORY_FLAGS: readonly string[] = [...CHROMIUM_FLAGS, `--host-resolver-rules=MAP ${ELSEWHERE} 127.0.0.1`];
