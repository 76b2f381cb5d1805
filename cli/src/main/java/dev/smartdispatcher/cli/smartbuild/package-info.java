/** The commands of {@code kubectl smart-build}: a class each, which reads options and prints. */
package dev.smartdispatcher.cli.smartbuild;
