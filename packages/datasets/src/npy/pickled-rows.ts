/** Python that turns a file of pickled rows, which only Python reads, into one of numbers. NumPy must be allowed to unpickle it. */
export const SAVE_AS_NUMBERS =
  'write numbers: numpy.save(path, numpy.array(list(numpy.load(path, allow_pickle=True)), dtype="float32"))';
