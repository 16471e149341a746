/** Rich text as a plain tree: what a Y.XmlFragment says, without Yjs. */
import type { HeadingLevel } from './schema.ts';

export type RichText = readonly RichBlock[];

export type RichBlock =
  | { readonly type: 'paragraph'; readonly content: readonly RichInline[] }
  | { readonly type: 'heading'; readonly level: HeadingLevel; readonly content: readonly RichInline[] }
  | { readonly type: 'bullet_list' | 'ordered_list'; readonly content: readonly (RichItem | RichUnknown)[] }
  | { readonly type: 'blockquote'; readonly content: readonly RichBlock[] }
  | RichUnknown;

export interface RichItem {
  readonly type: 'list_item';
  readonly content: readonly RichBlock[];
}

export type RichInline = RichRun | { readonly type: 'hard_break' } | RichUnknown;

export interface RichRun {
  readonly type: 'text';
  readonly text: string;
  readonly marks: readonly RichMark[];
}

export type RichMark =
  | { readonly type: 'strong' | 'em' }
  | { readonly type: 'link'; readonly href: string }
  /** `value` is what it carries, as JSON */
  | { readonly type: 'unknown'; readonly name: string; readonly value: string };

export type RichPart = RichBlock | RichItem | RichInline;

/**
 * What this version does not know, or does not expect there. Names that begin with '#' are not of an element:
 * '#text' text where none may stand, '#value' what is no XML, '#fragment' a part without a name, '#more' what is over the bounds.
 */
export interface RichUnknown {
  readonly type: 'unknown';
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly value: string }[];
  readonly content: readonly RichPart[];
}

export const isKnownRich = (parts: readonly RichPart[]): boolean =>
  parts.every((part) => {
    switch (part.type) {
      case 'unknown':
        return false;
      case 'text':
        return part.marks.every((mark) => mark.type !== 'unknown');
      case 'hard_break':
        return true;
      default:
        return isKnownRich(part.content);
    }
  });
