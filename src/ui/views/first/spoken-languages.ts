/** Languages that groups may speak to people in, to pick from. Any other tag that a document brings is shown as well. */
export const spokenLanguages: readonly string[] = (
  'aa ak am ar ay az be bg bm bn bs ca ckb cs cy da de dv el en eo es et eu fa ff fi fil fr ga gl gn gu ha he hi hr ' +
  'ht hu hy id ig is it ja ka kk km kmr kn ko ky ln lo lt lv mg mk ml mn mr ms my nb ne nl ny om or pa pl ps pt qu ' +
  'rn ro ru rw sd si sk sl sn so sq sr st sv sw ta te tg th ti tk tn tr ts tt ug uk ur uz vi wo xh yo zgh zh-Hans ' +
  'zh-Hant zu'
).split(' ');
