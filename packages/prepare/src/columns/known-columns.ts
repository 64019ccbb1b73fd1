/** The roles that a column of a log can have. */
export const ROLES = ['user', 'item', 'rating', 'time', 'split'] as const;

/**
 * The role of a column in a raw log.
 * @useDeclaredType
 */
export type Role = (typeof ROLES)[number];

/**
 * Column names that reveal a role, best first, in the form of {@link plainName}. They include those of Amazon's reviews,
 * MovieLens, Yelp, Last.fm, Steam, Goodreads, RecBole and MMRec.
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
  // The 2023 reviews identify items by parent_asin.
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

/** A name without case, separators and RecBole's types: `User_ID`, `user-id` and `user_id:token` all become `userid`. */
export function plainName(name: string): string {
  return name
    .replace(/:(token|float|token_seq|float_seq)$/, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
