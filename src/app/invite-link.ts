/** An invite as a link to the app: the invite is in the fragment, which no server is ever sent. */
export const inviteLink = (
  page: Pick<Location, 'protocol' | 'host' | 'pathname'>,
  invite: string,
): string | undefined =>
  /^https?:$/.test(page.protocol) ? `${page.protocol}//${page.host}${page.pathname}#/join/${invite}` : undefined;

/** Others cannot open a link to the computer itself. */
export const isOnlyHere = (page: Pick<Location, 'hostname'>): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(page.hostname);
