/** {@code kubectl smart-build} as users type it, against a whole farm. */
package dev.smartdispatcher.e2e.smartbuild;
