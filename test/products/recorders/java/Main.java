import io.github.bucket4j.*;
import java.time.Duration;
import java.util.Scanner;

/** Decides arrivals with the real Bucket4j: see ../go/main.go for the protocol. */
public class Main {
  static long nowNanos;

  public static void main(String[] args) {
    long limit = Long.parseLong(args[1]), burst = Long.parseLong(args[3]);
    Duration period = Duration.ofNanos(Long.parseLong(args[2]) * 1000);
    var bandwidth = BandwidthBuilder.builder().capacity(burst);
    var filled = args[0].equals("bucket4j-greedy")
        ? bandwidth.refillGreedy(limit, period)
        : bandwidth.refillIntervally(limit, period);
    TimeMeter clock = new TimeMeter() {
      public long currentTimeNanos() { return nowNanos; }
      public boolean isWallClockBased() { return false; }
    };
    Bucket bucket = null;
    var lines = new Scanner(System.in);
    while (lines.hasNextLine()) {
      String[] fields = lines.nextLine().split(",");
      nowNanos = Long.parseLong(fields[0]) * 1000;
      if (bucket == null) bucket = Bucket.builder().addLimit(filled.build()).withCustomTimePrecision(clock).build();
      ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(Long.parseLong(fields[1]));
      long wait = probe.getNanosToWaitForRefill();
      String told = wait == Long.MAX_VALUE ? "-1" : String.valueOf((wait + 999) / 1000);
      System.out.println((probe.isConsumed() ? "1," : "0,") + probe.getRemainingTokens() + "," + told + ",0");
    }
  }
}
