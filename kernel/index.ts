/** The door of the kernel: start it, install its kernelspec. */
export { startKernel } from "./start.ts";
export { type Installed, installKernel, listKernels, uninstallKernel } from "./install.ts";
