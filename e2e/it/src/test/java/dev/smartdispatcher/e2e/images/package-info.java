/** The images, as files: what is in them, and that they run. */
package dev.smartdispatcher.e2e.images;
