package dev.stile.vendor.totp;

import dev.stile.factor.totp.QrCodes;
import io.nayuki.qrcodegen.QrCode;
import io.nayuki.qrcodegen.QrCode.Ecc;
import jakarta.inject.Inject;

/// Draws QR codes as one path of black runs on white. The drawing has no size of its own, so that a
/// page can give it any, and its quiet zone is part of it (ISO/IEC 18004 §5.3.8), so that a dark
/// page does not hide it.
public final class NayukiQrCodes implements QrCodes {
  private static final int QUIET = 4;

  @Inject
  public NayukiQrCodes() {}

  @Override
  public String svg(String text) {
    QrCode code = QrCode.encodeText(text, Ecc.MEDIUM);
    int side = code.size + 2 * QUIET;
    return """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" shape-rendering="crispEdges">\
    <rect width="%s" height="%s" fill="#fff"/><path fill="#000" d="%s"/></svg>\
    """
        .formatted(text(side), text(side), text(side), text(side), path(code));
  }

  private static String path(QrCode code) {
    var path = new StringBuilder(code.size * code.size * 4);
    for (int y = 0; y < code.size; y++) {
      int x = 0;
      while (x < code.size) {
        int from = x;
        while (x < code.size && code.getModule(x, y)) {
          x++;
        }
        if (x > from) {
          run(path, from + QUIET, y + QUIET, x - from);
        } else {
          x++;
        }
      }
    }
    return path.toString();
  }

  private static void run(StringBuilder path, int x, int y, int length) {
    path.append('M').append(x).append(' ').append(y);
    path.append('h').append(length).append("v1h-").append(length).append('z');
  }

  private static String text(int number) {
    return Integer.toString(number);
  }
}
