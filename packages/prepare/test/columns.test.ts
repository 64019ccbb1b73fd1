import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../datasets/test/thrown-by.js';
import { mapColumns } from '../src/columns/map-columns.js';
import { prepareFiles, tenEach } from './prepared.js';

describe('detects the columns', () => {
  test.each([
    ['userId,movieId,rating,timestamp', 'userId', 'movieId', 'rating', 'timestamp'],
    ['reviewerID,asin,overall,unixReviewTime,reviewTime', 'reviewerID', 'asin', 'overall', 'unixReviewTime'],
    ['rating,title,asin,parent_asin,user_id,timestamp', 'user_id', 'parent_asin', 'rating', 'timestamp'],
    ['user_id,item_id,position', 'user_id', 'item_id', undefined, 'position'],
    ['review_id,user_id,business_id,stars,date', 'user_id', 'business_id', 'stars', 'date'],
    ['userID,artistID,weight', 'userID', 'artistID', undefined, undefined],
    ['User-ID,ISBN,Book-Rating', 'User-ID', 'ISBN', undefined, undefined],
  ])('in %s', (header, user, item, rating, time) => {
    const mapping = mapColumns(header.split(','), {}, 'log.csv');
    const found = [mapping.user, mapping.item, mapping.rating, mapping.time].map((column) => column?.column);
    expect(found).toEqual([user, item, rating, time]);
    expect(Object.values(mapping).every(({ how }) => how === 'guessed')).toBe(true);
  });

  test('after the named columns, and uses each column once', () => {
    const mapping = mapColumns(['id', 'user', 'item', 'when'], { user: 'item', item: 'user', time: 'when' }, 'log.csv');
    expect(mapping).toEqual({
      user: { column: 'item', how: 'named' },
      item: { column: 'user', how: 'named' },
      time: { column: 'when', how: 'named' },
    });
  });

  test('and suggests the nearest name for a misspelt one', async () => {
    const error = await thrownBy(() => prepareFiles({ 'log.csv': tenEach() }, { rating: 'ratng' }));
    expect(error.code).toBe('prepare/no-column');
    expect(error.details).toMatchObject({
      place: expect.stringMatching(/log\.csv$/),
      found: 'user_id, item_id, rating, timestamp',
      remedy: 'did you mean "rating"?',
    });
  });

  test('but refuses the same column for user and item, and a missing item column', async () => {
    expect((await thrownBy(() => mapColumns(['a', 'b'], { user: 'a', item: 'a' }, 'x'))).code).toBe(
      'prepare/same-column',
    );
    const error = await thrownBy(() => mapColumns(['user', 'b'], {}, 'x'));
    expect(error.details).toMatchObject({
      code: 'prepare/no-column',
      found: 'user, b',
      remedy: expect.stringContaining('--item'),
    });
  });

  test('and refuses a further file without them', async () => {
    const files = { 'a.csv': tenEach(), 'b.csv': tenEach().replace('item_id', 'thing') };
    const error = await thrownBy(() => prepareFiles(files, { interactions: ['a.csv', 'b.csv'] }));
    expect(error.code).toBe('prepare/no-column');
    expect(error.details.place).toMatch(/b\.csv$/);
  });
});
