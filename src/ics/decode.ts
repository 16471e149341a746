/** The text of a calendar file. They are UTF-8; what is not is taken for what old programs of Windows wrote. */
export const decodeCalendarFile = (bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};
