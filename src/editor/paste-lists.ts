/**
 * Word writes a list as paragraphs with `mso-list:l0 level2 lfo1` in their style and the bullet as text. Here they
 * become lists again.
 */
const STYLE = 'data-pasted-style';

export const liftLists = (body: HTMLElement): void => {
  for (const paragraph of body.querySelectorAll(`p[${STYLE}], div[${STYLE}], h1[${STYLE}], h2[${STYLE}]`)) {
    const item = itemOf(paragraph);
    if (item === null || paragraph.closest('[data-lifted]') !== null) continue;
    liftRun(paragraph, item);
  }
};

interface Item {
  readonly level: number;
  readonly isOrdered: boolean;
}

const itemOf = (element: Element): Item | null => {
  const style = element.getAttribute(STYLE) ?? '';
  const level = /mso-list:\s*l\d+\s+level(\d)/i.exec(style)?.[1];
  // numbered headings are headings
  if (level === undefined || /^H[1-6]$/.test(element.tagName)) return null;
  return { level: Number(level), isOrdered: /^[\s\u00a0]*\(?[\p{L}\p{N}]{1,5}[.)]/u.test(markerOf(element)) };
};

const isMarker = (element: Element): boolean => /mso-list:\s*ignore/i.test(element.getAttribute(STYLE) ?? '');

const markerOf = (element: Element): string =>
  [...element.querySelectorAll(`[${STYLE}]`)]
    .filter(isMarker)
    .map((each) => each.textContent)
    .join('');

/** From this paragraph to the last that follows it at once and is an item too. */
const liftRun = (first: Element, firstItem: Item): void => {
  const page = first.ownerDocument;
  const lists: { readonly level: number; readonly list: Element }[] = [];
  const start = page.createComment('');
  first.before(start);
  let next: Element | null = first;
  let item: Item | null = firstItem;
  while (next !== null && item !== null) {
    const paragraph: Element = next;
    next = paragraph.nextElementSibling;
    while ((lists.at(-1)?.level ?? 0) > item.level) lists.pop();
    let inner = lists.at(-1);
    const tag: string = item.isOrdered ? 'OL' : 'UL';
    if (inner?.level === item.level && inner.list.tagName !== tag && lists.length === 1) {
      lists.pop();
      inner = undefined;
    }
    if (inner === undefined || inner.level < item.level) {
      const list = page.createElement(tag);
      list.setAttribute('data-lifted', '');
      const holder = inner?.list.lastElementChild;
      if (holder) holder.append(list);
      else start.before(list);
      inner = { level: item.level, list };
      lists.push(inner);
    }
    for (const marker of [...paragraph.querySelectorAll(`[${STYLE}]`)].filter(isMarker)) marker.remove();
    const line = page.createElement('p');
    line.append(...paragraph.childNodes);
    const element = page.createElement('li');
    element.append(line);
    inner.list.append(element);
    paragraph.remove();
    item = next === null ? null : itemOf(next);
  }
  start.remove();
};
