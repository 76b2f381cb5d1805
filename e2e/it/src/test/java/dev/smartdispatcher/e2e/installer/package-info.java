/**
 * The installer of worker pods with the real rpm, dpkg and obs-build, in user namespaces as pods have them. What it needs of
 * Debian {@code e2e/installer/install-tools} installs; the packages are made by {@code e2e/installer/make-repository}.
 */
package dev.smartdispatcher.e2e.installer;
