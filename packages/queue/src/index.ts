export { connect, type Trouble } from './connect.js';
export { isPosted, postNotice, readNotices, withdrawNotice } from './notices.js';
export { type BlobStore, getChecked, putChecked } from './store/blob-store.js';
export { openStore } from './store/open-store.js';
export { type FailureText, readFailure, type Task, TaskFailure } from './task.js';
export type { TaskHand } from './task-hand.js';
export { type TaskListener, TaskQueue, type TaskState } from './task-queue.js';
export { TaskWorker, type TaskWorkerOptions } from './task-worker.js';
