/** What a column of a log can mean here. */
export const ROLES = ['user', 'item', 'rating', 'time', 'split'] as const;

/**
 * What a column of a raw log is for.
 * @useDeclaredType
 */
export type Role = (typeof ROLES)[number];

/**
 * Names that tell what a column means, the best first, in the form of {@link plainName}: those of Amazon's reviews, MovieLens,
 * Yelp, Last.fm, Steam, Goodreads, RecBole and MMRec among them.
 */
export const KNOWN_COLUMNS: Readonly<Record<Role, readonly string[]>> = {
  user: [
    'userid',
    'user',
    'uid',
    'reviewerid',
    'customerid',
    'visitorid',
    'memberid',
    'accountid',
    'profilename',
    'username',
  ],
  // The 2023 reviews describe items by parent_asin.
  item: [
    'itemid',
    'item',
    'iid',
    'parentasin',
    'asin',
    'movieid',
    'productid',
    'artistid',
    'trackid',
    'songid',
    'bookid',
    'videoid',
    'newsid',
    'articleid',
    'businessid',
    'gmapid',
    'gameid',
    'appid',
    'recipeid',
    'sku',
    'isbn',
  ],
  rating: ['rating', 'overall', 'stars', 'score', 'ratings'],
  time: [
    'timestamp',
    'unixreviewtime',
    'unixtime',
    'time',
    'ts',
    'datetime',
    'date',
    'createdat',
    'reviewtime',
    'position',
  ],
  split: ['xlabel', 'split', 'splitlabel', 'subset'],
};

/** A name without case, separators and RecBole's types: `User_ID`, `user-id` and `user_id:token` are `userid`. */
export function plainName(name: string): string {
  return name
    .replace(/:(token|float|token_seq|float_seq)$/, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
