export { connect, type Trouble } from './connect.js';
export { isPosted, postNotice, readNotices, withdrawNotice } from './notices.js';
export type { BlobStore } from './store/blob-store.js';
export { getChecked, putChecked } from './store/checked-blobs.js';
export { openStore } from './store/open-store.js';
export type { Task } from './task.js';
export { type FailureText, readFailure, TaskFailure } from './task-failure.js';
export { type TaskListener, TaskQueue, type TaskState } from './task-queue.js';
export { type TaskHand, TaskWorker, type TaskWorkerOptions } from './task-worker.js';
