package dev.stile.factor.totp;

/// Draws a text as a QR code.
public interface QrCodes {
  /// A whole SVG document.
  String svg(String text);
}
