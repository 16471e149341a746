/** Messages that are rightly the same as in English, with the languages where they are. */
export const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  // the app's name
  'common.app.name': ['fr', 'es', 'ar'],
  'first.doors.title': ['fr', 'es', 'ar'],
  // the same word
  'first.settings.version': ['fr'],
};
