export {
  byItem,
  countByItem,
  hasItems,
  type Interactions,
  itemsOf,
  keepUsers,
  mergeInteractions,
  ofUsers,
  userCountOf,
} from './interactions.js';
