package dev.stile.vendor.totp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import dev.stile.factor.TotpParameters;
import dev.stile.factor.totp.TotpSeeds;
import dev.stile.key.Secret;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class NayukiQrCodesTest {
  private static final int PIXELS = 4;
  private static final int BLACK = 0xff000000;
  private static final int WHITE = 0xffffffff;
  private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

  private final NayukiQrCodes codes = new NayukiQrCodes();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "otpauth://totp/Stile:ann%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Stile",
        "<&\"'> ünïcode"
      })
  void isReadByAnotherLibrary(String text) throws Exception {
    assertThat(read(codes.svg(text))).isEqualTo(text);
  }

  @Test
  void holdsTheLongestKeyUri() throws Exception {
    var parameters =
        new TotpParameters(TotpParameters.Hash.SHA512, 8, java.time.Duration.ofMinutes(1));
    String uri =
        TotpSeeds.uri(Secret.of(new byte[64]), parameters, "A Long Name, Ltd.", "é".repeat(64));

    assertThat(read(codes.svg(uri))).isEqualTo(uri);
  }

  @Test
  void scalesWithItsPageAndStaysSharp() throws Exception {
    Element svg = parse(codes.svg("x"));

    assertThat(svg.getTagName()).isEqualTo("svg");
    assertThat(svg.getAttribute("xmlns")).isEqualTo("http://www.w3.org/2000/svg");
    assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 29 29");
    assertThat(svg.getAttribute("shape-rendering")).isEqualTo("crispEdges");
    assertThat(svg.hasAttribute("width")).isFalse();
    assertThat(svg.hasAttribute("height")).isFalse();
  }

  @Test
  void leavesFourModulesOfWhiteAround() throws Exception {
    String svg = codes.svg("x");
    int side = side(svg);

    RUN.matcher(path(svg))
        .results()
        .forEach(run -> {
          int x = Integer.parseInt(run.group(1));
          int y = Integer.parseInt(run.group(2));
          int length = Integer.parseInt(run.group(3));
          assertThat(x).isGreaterThanOrEqualTo(4);
          assertThat(x + length).isLessThanOrEqualTo(side - 4);
          assertThat(y).isBetween(4, side - 5);
        });
    Element background = (Element) parse(svg).getElementsByTagName("rect").item(0);
    assertThat(background.getAttribute("fill")).isEqualTo("#fff");
    assertThat(background.getAttribute("width")).isEqualTo(Integer.toString(side));
  }

  private static String read(String svg) throws Exception {
    int side = side(svg) * PIXELS;
    var pixels = new int[side * side];
    Arrays.fill(pixels, WHITE);
    RUN.matcher(path(svg))
        .results()
        .forEach(run -> {
          assertThat(run.group(3)).isEqualTo(run.group(4));
          int from = Integer.parseInt(run.group(1)) * PIXELS;
          int to = from + Integer.parseInt(run.group(3)) * PIXELS;
          int top = Integer.parseInt(run.group(2)) * PIXELS;
          for (int y = top; y < top + PIXELS; y++) {
            Arrays.fill(pixels, y * side + from, y * side + to, BLACK);
          }
        });
    return decode(pixels, side);
  }

  private static String decode(int[] pixels, int side) throws ReaderException, NotFoundException {
    var bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
    return new QRCodeReader().decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true)).getText();
  }

  private static int side(String svg) throws Exception {
    return Integer.parseInt(parse(svg).getAttribute("viewBox").split(" ", -1)[2]);
  }

  private static String path(String svg) throws Exception {
    Element path = (Element) parse(svg).getElementsByTagName("path").item(0);
    assertThat(RUN.matcher(path.getAttribute("d")).replaceAll("")).isEmpty();
    return path.getAttribute("d");
  }

  private static Element parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
        .getDocumentElement();
  }
}
