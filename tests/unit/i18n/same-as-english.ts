/** Messages that are rightly the same as in English, with the languages where they are. */
export const sameAsEnglish: Readonly<Record<string, readonly string[]>> = {
  // the app's name
  'common.app.name': ['fr', 'es', 'ar'],
  'first.doors.title': ['fr', 'es', 'ar'],
  // punctuation between words
  'agree.list.detail': ['fr', 'es', 'ar'],
  'action.history.by': ['fr', 'es'],
  'action.taking.own': ['es', 'ar'],
  'timing.inZone': ['fr', 'es', 'ar'],
  'talk.palettes.detail': ['fr', 'es', 'ar'],
  'talk.cloth.cell': ['es', 'ar'],
  'exchange.who.one': ['es', 'ar'],
  'exchange.document.variant': ['es', 'ar'],
  'calendar.when.at': ['fr', 'es'],
  'calendar.when.there': ['fr', 'es'],
  'calendar.when.thereOn': ['fr', 'es'],
  // the same word
  'action.field.approach': ['fr'],
  'calendar.status.idea': ['es'],
  'calendar.views.agenda': ['fr', 'es'],
  'talk.value.justice': ['fr'],
  'review.value.no': ['es'],
  'talk.proof.date': ['fr'],
  'first.settings.version': ['fr'],
};
