/** Even users like even items and odd users like odd ones. Of the twenty items a user likes, eight are for training and four are held out. */
const userCount = 60;
const itemCount = 40;
const liked = Array.from({ length: userCount }, (_, user) =>
  Array.from({ length: itemCount / 2 }, (_, index) => 2 * index + (user % 2)),
);
const turn = (user, item) => (user * 7 + item * 3) % 5;
const trained = liked.map((items, user) => items.filter((item) => turn(user, item) < 2));
const kept = liked.map((items, user) => items.filter((item) => turn(user, item) === 2));

/** Text separates the tastes clearly; image does so in only a tenth of its range. */
const features = { image: matrix(4, 0.1), text: matrix(2, 1) };

function matrix(columns, contrast) {
  const value = (item, column) =>
    Math.sin(item * (column + 1)) * (1 - contrast) + (item % 2 === column % 2 ? contrast : 0);
  const rows = Array.from({ length: itemCount }, (_, item) =>
    Array.from({ length: columns }, (_, column) => value(item, column)),
  );
  return { rows: itemCount, columns, values: Float32Array.from(rows.flat()) };
}

/** User u has items[offsets[u]] to items[offsets[u + 1] - 1]. */
function byUser(lists) {
  const offsets = Int32Array.from({ length: lists.length + 1 }, (_, user) => lists.slice(0, user).flat().length);
  return { offsets, items: Int32Array.from(lists.flat()) };
}

export const data = { userCount, itemCount, train: byUser(trained), features };
export const heldOut = byUser(kept);
