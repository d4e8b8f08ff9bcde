/**
 * Loads a module at its first use and keeps it. `import()` asks the loader each time, which takes as long as reading a
 * short file.
 */
export function loadedOnce<Module>(load: () => Promise<Module>): () => Module | Promise<Module> {
  let module: Module | undefined;
  return () => module ?? load().then(loaded => (module = loaded));
}
