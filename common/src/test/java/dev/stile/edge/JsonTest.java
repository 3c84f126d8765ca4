package dev.stile.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stile.factor.Code;
import dev.stile.problem.ProblemCode;
import dev.stile.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("R25")
class JsonTest {
  private static final long SEED = 20260706;

  @Nested
  class Reading {
    @Test
    void takesOneObject() {
      JsonObject object =
          json(" {\"t\":\"x\",\"n\":7,\"f\":true,\"o\":{\"a\":\"b\"},\"l\":[\"a\",\"b\"]}\r\n\t");
      assertThat(object.names()).containsExactly("t", "n", "f", "o", "l");
      assertThat(object.text("t")).isEqualTo("x");
      assertThat(object.wholeNumber("n")).contains(7);
      assertThat(object.flag("f")).contains(true);
      assertThat(object.object("o").orElseThrow().allTexts()).containsExactly(Map.entry("a", "b"));
      assertThat(object.texts("l")).contains(List.of("a", "b"));
      object.noMore();
      assertThat(object.has("t")).isTrue();
      assertThat(object.has("x")).isFalse();
    }

    @Test
    void takesWholeCharactersHoweverTheyAreWritten() {
      assertThat(json("{\"a\":\"\\ud83d\\ude00😀\\u00e9é\\/\"}").text("a")).isEqualTo("😀😀éé/");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "null",
          "1",
          "\"a\"",
          "[]",
          "[{}]",
          "{",
          "}",
          "{\"a\"}",
          "{\"a\":}",
          "{\"a\":1,}",
          "{,}",
          "{a:1}",
          "{'a':1}",
          "{\"a\":'b'}",
          "{\"a\":\"b}",
          "{\"a\":1]",
          "{}{}",
          "{} x",
          "{},",
          "{} null",
          "{}//",
          "/* c */{}",
          "{/* c */}",
          "{\"a\":1 // c\n}",
          "{\"a\":1 # c\n}",
          "{\"a\":NaN}",
          "{\"a\":Infinity}",
          "{\"a\":-Infinity}",
          "{\"a\":01}",
          "{\"a\":+1}",
          "{\"a\":.5}",
          "{\"a\":1.}",
          "{\"a\":1e}",
          "{\"a\":0x10}",
          "{\"a\":True}",
          "{\"a\":undefined}",
          "{\"a\":\"\t\"}",
          "{\"a\":\"\n\"}",
          "{\"a\":\"\u0000\"}",
          "{\"a\":\"\\x41\"}",
          "{\"a\":\"\\u12\"}",
          "{\"a\":\"\\u{41}\"}",
          "{\"a\":1,\"a\":1}",
          "{\"a\":1,\"\\u0061\":2}",
          "{\"o\":{\"a\":1,\"b\":2,\"a\":3}}",
          "{\"l\":[{\"a\":1,\"a\":1}]}",
          "\ufeff{}",
          "{}\u0000",
          "{\u00a0}"
        })
    void refusesWhatIsNotStrictJson(String text) {
      assertInvalid("", () -> json(text));
    }

    /// A name is told at the object that holds it, so that the answer can be written.
    @ParameterizedTest
    @CsvSource(
        quoteCharacter = '`',
        delimiter = ' ',
        value = {
          "{\"a\":\"\\ud800\"} /a",
          "{\"a\":\"\\udc00\"} /a",
          "{\"a\":\"\\ude00\\ud83d\"} /a",
          "{\"a\":\"x\\ud83dx\"} /a",
          "{\"l\":[\"\",\"\\ud800\"]} /l/1",
          "{\"o\":{\"a\":\"\\ud800\"}} /o/a",
          "{\"\\ud800\":\"a\"} ``",
          "{\"o\":{\"\\udc00\":1}} /o"
        })
    void refusesHalfACharacter(String text, String pointer) {
      assertInvalid(pointer, () -> json(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999", "-1e99999999999", "1e-99999999999"})
    void refusesNumbersOutOfRange(String number) {
      assertInvalid("/a", () -> json("{\"a\":" + number + "}"));
      assertInvalid("", () -> json("{\"a\":" + "1".repeat(33) + "}"));
    }

    @Test
    void refusesBytesThatAreNoUtf8() {
      for (String hex : List.of("ff", "c0af", "e0809f", "eda080", "f4908080", "c3", "80", "fe")) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("{\"a\":\"".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(HexFormat.of().parseHex(hex));
        bytes.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        assertInvalid("", () -> Json.object(bytes.toByteArray()));
      }
      assertInvalid("", () -> Json.object("{}".getBytes(StandardCharsets.UTF_16)));
      assertInvalid("", () -> Json.object("{}".getBytes(StandardCharsets.UTF_16BE)));
    }

    @Test
    void refusesTheByteOrderMark() {
      assertInvalid(
          "", () -> Json.object(new byte[] {(byte) 0xef, (byte) 0xbb, (byte) 0xbf, '{', '}'}));
    }

    @Test
    void takes16KibAndNotAByteMore() {
      String members = "{\"a\":\"" + "x".repeat(Json.MAX_BYTES - 8) + "\"}";
      assertThat(members.length()).isEqualTo(16_384);
      assertThat(json(members).text("a")).hasSize(16_376);
      assertInvalid("", () -> json(members + " "));
    }

    @Test
    void takes32LevelsAndNotOneMore() {
      json("{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}");
      json("{\"a\":".repeat(31) + "{}" + "}".repeat(31));
      assertInvalid("", () -> json("{\"a\":" + "[".repeat(32) + "]".repeat(32) + "}"));
      assertInvalid("", () -> json("{\"a\":".repeat(32) + "{}" + "}".repeat(32)));
      assertInvalid("", () -> json("{\"a\":" + "[".repeat(8_000)));
    }

    @Test
    void quotesNothingOfTheBody() {
      for (String text : List.of("{\"hunter2\":hunter2}", "hunter2", "{\"a\":1,\"hunter2\"")) {
        try {
          json(text);
        } catch (ProblemException e) {
          assertThat(e.problem().detail()).doesNotContain("hunter2");
        }
      }
    }
  }

  @Nested
  class Taking {
    private static final String ALL =
        "{\"t\":\"x\",\"n\":7,\"d\":1.5,\"f\":true,\"z\":null,\"o\":{\"a~/b\":1},\"l\":[\"a\",1]}";

    @ParameterizedTest
    @CsvSource({
      "text, n, /n",
      "text, f, /f",
      "text, z, /z",
      "text, o, /o",
      "text, l, /l",
      "text, x, /x",
      "optional, n, /n",
      "optional, z, /z",
      "parse, n, /n",
      "parse, x, /x",
      "number, t, /t",
      "number, d, /d",
      "number, f, /f",
      "number, z, /z",
      "number, l, /l",
      "flag, t, /t",
      "flag, n, /n",
      "flag, z, /z",
      "object, t, /t",
      "object, l, /l",
      "object, z, /z",
      "texts, t, /t",
      "texts, o, /o",
      "texts, l, /l",
      "texts, z, /z",
      "objects, l, /l",
      "objects, t, /t",
      "objects, z, /z"
    })
    void tellsAWrongTypeAtItsMember(String how, String name, String pointer) {
      Map<String, Consumer<JsonObject>> takes =
          Map.of(
              "text", o -> o.text(name),
              "optional", o -> o.optionalText(name),
              "parse", o -> o.<String>parse(name, text -> text),
              "number", o -> o.wholeNumber(name),
              "flag", o -> o.flag(name),
              "object", o -> o.object(name),
              "texts", o -> o.texts(name),
              "objects", o -> o.objects(name));
      JsonObject object = json(ALL);
      Consumer<JsonObject> take = Objects.requireNonNull(takes.get(how), how);
      assertInvalid(pointer, () -> take.accept(object));
    }

    @Test
    void takesWhatIsNotThereForEmptyWhereItMayBe() {
      JsonObject object = json("{}");
      assertThat(object.optionalText("x")).isEmpty();
      assertThat(object.wholeNumber("x")).isEmpty();
      assertThat(object.flag("x")).isEmpty();
      assertThat(object.object("x")).isEmpty();
      assertThat(object.texts("x")).isEmpty();
      assertThat(object.objects("x")).isEmpty();
      assertThat(object.<String>optionalParse("x", text -> text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "1e-1", "2147483648", "-2147483649", "1e10", "1e999", "-1e999"})
    void takesOnlyWholeNumbers(String number) {
      assertInvalid("/n", () -> json("{\"n\":" + number + "}").wholeNumber("n"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-0, 0", "7.0, 7", "1e2, 100", "2147483647, 2147483647"})
    void takesWholeNumbersHoweverTheyAreWritten(String number, int value) {
      assertThat(json("{\"n\":" + number + "}").wholeNumber("n")).contains(value);
    }

    @Test
    void refusesTheFirstMemberThatNobodyTook() {
      JsonObject object = json("{\"a\":\"1\",\"evil\":2,\"c\":3}");
      object.text("a");
      assertInvalid("/evil", object::noMore);
    }

    @Test
    void pointsToMembersDeepDown() {
      JsonObject root = json("{\"o\":{\"a~/b\":1},\"l\":[{},{\"x\":1}]}");
      JsonObject inner = root.object("o").orElseThrow();
      assertInvalid("/o/a~0~1b", inner::noMore);
      assertInvalid("/o/a~0~1b", () -> inner.text("a~/b"));
      assertInvalid("/l/1/x", () -> root.objects("l").get(1).text("x"));
    }

    @Test
    void tellsWhatTheDomainRefusesAtTheMember() {
      JsonObject object = json("{\"id\":\"x\",\"o\":{}}");
      assertInvalid("/id", () -> object.parse("id", JsonTest::refuse));
      assertInvalid("/id", () -> object.optionalParse("id", JsonTest::refuse));
      JsonObject inner = object.object("o").orElseThrow();
      assertInvalid("/o", () -> inner.check(() -> refuse("")));
      try {
        object.parse("id", JsonTest::refuse);
      } catch (ProblemException e) {
        assertThat(e.problem().detail()).isEqualTo("It will not do.");
      }
    }
  }

  @Nested
  class Writing {
    @Test
    void writesEachTypeOnOneLine() {
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      members.put("text", "a\"b\\\r\n\u0001");
      members.put("int", -1);
      members.put("long", 1L << 40);
      members.put("flag", false);
      members.put("none", null);
      members.put("moment", Instant.parse("2026-11-22T08:00:31.999Z"));
      members.put("list", List.of("a", List.of(), Map.of()));
      members.put("map", Map.of("a", Map.of("b", "é😀")));
      String text = JsonText.of(members);
      assertThat(text)
          .isEqualTo(
              "{\"text\":\"a\\\"b\\\\\\r\\n\\u0001\",\"int\":-1,\"long\":1099511627776,"
                  + "\"flag\":false,\"none\":null,\"moment\":\"2026-11-22T08:00:31Z\","
                  + "\"list\":[\"a\",[],{}],\"map\":{\"a\":{\"b\":\"é😀\"}}}");
      assertThat(text.lines()).hasSize(1);
      assertThat(json(text).text("text")).isEqualTo("a\"b\\\r\n\u0001");
    }

    @Test
    void keepsTheOrderOfMembers() {
      Map<String, Object> members = new LinkedHashMap<>();
      List<String> names = Arrays.asList("z", "a", "m", "b");
      names.forEach(name -> members.put(name, 1));
      assertThat(json(JsonText.of(members)).names()).containsExactlyElementsOf(names);
    }

    /// What is not plainly JSON is not guessed at: a secret's `toString` has no way out here.
    @Test
    void refusesWhatIsNoJson() {
      for (Object value : List.of(1.5, 'c', new byte[1], new Object(), Code.of("123456"))) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> JsonText.of(Map.of("a", value)))
            .withMessageNotContaining("123456");
      }
    }
  }

  /// R25: whatever a body holds, it is read, or it is the caller's mistake.
  @Test
  void answersEveryBodyWithAnObjectOrAProblem() {
    var random = new Random(SEED);
    List<byte[]> seeds =
        List.of(
            bytes("{\"code\":\"012345\"}"),
            bytes("{\"action\":\"pay\",\"binding\":{\"amount\":\"1.234,56 €\",\"to\":\"Zoë 😀\"}}"),
            bytes("{\"type\":\"totp\",\"digits\":6,\"period\":3e1,\"deep\":[[[{\"a\":null}]]]}"),
            bytes("{\"a\":\"\\ud83d\\ude00\\n\\\"\",\"b\":[true,false,null,-1.5E+3]}"));
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] body = mutate(seeds.get(random.nextInt(seeds.size())), random);
      try {
        use(Json.object(body));
        read++;
      } catch (ProblemException e) {
        assertThat(e.problem().code()).isEqualTo(ProblemCode.INVALID_REQUEST);
        assertThat(e.problem().members()).containsKey("pointer");
        String detail = e.problem().detail();
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(detail)).isTrue();
      } catch (RuntimeException e) {
        throw new AssertionError(
            "seed %d, body %d: %s".formatted(SEED, i, Arrays.toString(body)), e);
      }
    }
    assertThat(read).isBetween(100, 19_000);
  }

  private static void use(JsonObject object) {
    object.optionalText("code");
    object.optionalText("action");
    object.object("binding").ifPresent(JsonObject::allTexts);
    object.wholeNumber("digits");
    object.wholeNumber("period");
    object.texts("b");
    object.objects("deep");
    object.noMore();
  }

  private static byte[] mutate(byte[] seed, Random random) {
    List<Byte> bytes = new ArrayList<>();
    for (byte b : seed) {
      bytes.add(b);
    }
    String hot = "{}[]\",:\\u0dD8eE+-./*#\0\n\t ";
    for (int n = 1 + random.nextInt(3); n > 0 && !bytes.isEmpty(); n--) {
      int at = random.nextInt(bytes.size());
      switch (random.nextInt(6)) {
        case 0 -> bytes.remove(at);
        case 1 -> bytes.set(at, (byte) random.nextInt(256));
        case 2 -> bytes.set(at, (byte) hot.charAt(random.nextInt(hot.length())));
        case 3 -> bytes.add(at, (byte) hot.charAt(random.nextInt(hot.length())));
        case 4 -> bytes.addAll(at, List.copyOf(bytes.subList(at, bytes.size())));
        default -> bytes.subList(at, bytes.size()).clear();
      }
    }
    byte[] mutated = new byte[bytes.size()];
    for (int i = 0; i < mutated.length; i++) {
      mutated[i] = bytes.get(i);
    }
    return mutated;
  }

  private static String refuse(String text) {
    throw new IllegalArgumentException("it will not do" + text.substring(text.length()));
  }

  private static JsonObject json(String text) {
    return Json.object(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void assertInvalid(String pointer, ThrowingCallable call) {
    assertThat(Problems.of(call).code()).isEqualTo(ProblemCode.INVALID_REQUEST);
    assertThat(Problems.of(call).members()).containsEntry("pointer", pointer);
  }
}
